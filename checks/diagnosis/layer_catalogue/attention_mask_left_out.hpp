// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_mask_left_out() {
    return {.slug = "attention-mask-left-out",
            .layers = {case_id<Attention>(), case_id<MultiHeadAttention>()},
            .explanation =
                "The weights are computed anew on the way back, and without the causal mask. They have to be those of "
                "the way up: a key that a query does not see has the weight 0 and gets no derivative from it.",
            .line = "P = softmax(Q @ K.T / np.sqrt(d))  # + mask",
            .hidden_when = "there is no mask",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_attention(point, false,
                                      [](const AttentionBack& of) { return of.derivatives(of.d_scores() * of.scale); });
            }};
}

}  // namespace gradproof::diagnosis
