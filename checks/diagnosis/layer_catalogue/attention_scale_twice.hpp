// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_scale_twice() {
    return {.slug = "attention-scale-twice",
            .layers = {case_id<Attention>(), case_id<MultiHeadAttention>()},
            .explanation =
                "dQ and dK are divided by the root of d twice: once in the derivative of the scores and once more "
                "behind it. The division stands once on the way up, and once on the way back.",
            .line = "dQ = dS / np.sqrt(d) @ K / np.sqrt(d)",
            .hidden_when = "d is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_attention(
                    point, [](const AttentionBack& of) { return of.derivatives(of.d_scores() * of.scale * of.scale); });
            }};
}

}  // namespace gradproof::diagnosis
