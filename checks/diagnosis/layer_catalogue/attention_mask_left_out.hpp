// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_mask_left_out() {
    return {.slug = "attention-mask-left-out",
            .layers = {case_id<Attention>()},
            .explanation =
                "The weights are computed anew on the way back, and without the causal mask. They have to be those of "
                "the way up: a key that a query does not see has the weight 0 and gets no derivative from it.",
            .line = "P = softmax(Q @ K.T / np.sqrt(d))  # + mask",
            .hidden_when = "there is no mask",
            .derivatives = [](const checks::LayerPoint& point) {
                const AttentionBack of = attention_back(point, false);
                return of.derivatives(of.d_scores() * of.scale);
            }};
}

}  // namespace gradproof::diagnosis
