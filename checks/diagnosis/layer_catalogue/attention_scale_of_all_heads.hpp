// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_scale_of_all_heads() {
    return {.slug = "attention-scale-of-all-heads",
            .layers = {case_id<MultiHeadAttention>()},
            .explanation =
                "The derivatives in queries and keys are divided by the root of the width of all heads together. Each "
                "head has scores of its own, and they were divided by the root of its own width.",
            .line = "dQ = dS @ K / np.sqrt(d_model)  # np.sqrt(d_model // heads)",
            .hidden_when = "there is one head",
            .derivatives = [](const checks::LayerPoint& point) {
                const double heads = point.layer.facts().parameter("heads");
                return with_attention(point, [heads](const AttentionBack& of) {
                    return of.derivatives(of.d_scores() * of.scale / std::sqrt(heads));
                });
            }};
}

}  // namespace gradproof::diagnosis
