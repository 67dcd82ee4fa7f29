// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake softmax_dot_term_left_out() {
    return {.slug = "softmax-dot-term-left-out",
            .layers = {case_id<Attention>(), case_id<MultiHeadAttention>()},
            .explanation =
                "The derivative goes back through the softmax as through a factor. Each weight depends on all scores "
                "of its row, and the dot product of the row's weights and their derivatives is subtracted first.",
            .line = "dS = P * dP  # P * (dP - np.sum(P * dP, axis=-1, keepdims=True))",
            .hidden_when = "the dot product is 0 in each row",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_attention(
                    point, [](const AttentionBack& of) { return of.derivatives(of.P.cwiseProduct(of.dP) * of.scale); });
            }};
}

}  // namespace gradproof::diagnosis
