// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake query_and_key_exchanged() {
    return {.slug = "query-and-key-exchanged",
            .layers = {case_id<Attention>(), case_id<MultiHeadAttention>()},
            .explanation =
                "The derivatives in Q and K stand in each other's place, which the shapes allow where there are as "
                "many queries as keys. dQ has the keys in it and dK the queries, each summed over the other.",
            .line = "return dK, dQ, dV",
            .hidden_when = "dQ and dK are the same, and impossible unless there are as many queries as keys",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_attention(point, [](const AttentionBack& of) {
                    Arrays<double> derivatives = of.derivatives(of.d_scores() * of.scale);
                    if (derivatives[0].shape() == derivatives[1].shape()) std::swap(derivatives[0], derivatives[1]);
                    return derivatives;
                });
            }};
}

}  // namespace gradproof::diagnosis
