// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_scale_left_out() {
    return {.slug = "attention-scale-left-out",
            .layers = {case_id<Attention>()},
            .explanation =
                "dQ and dK are not divided by the root of d. The scores were, on the way up, and so are the "
                "derivatives in Q and K.",
            .line = "dQ = dS @ K  # / np.sqrt(d)",
            .hidden_when = "d is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                const AttentionBack of = attention_back(point);
                return of.derivatives(of.d_scores());
            }};
}

}  // namespace gradproof::diagnosis
