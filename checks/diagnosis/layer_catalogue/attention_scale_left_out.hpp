// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_scale_left_out() {
    return {.slug = "attention-scale-left-out",
            .layers = {case_id<Attention>(), case_id<MultiHeadAttention>()},
            .explanation =
                "dQ and dK are not divided by the root of d. The scores were, on the way up, and so are the "
                "derivatives in Q and K.",
            .line = "dQ = dS @ K  # / np.sqrt(d)",
            .hidden_when = "d is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_attention(point, [](const AttentionBack& of) { return of.derivatives(of.d_scores()); });
            }};
}

}  // namespace gradproof::diagnosis
