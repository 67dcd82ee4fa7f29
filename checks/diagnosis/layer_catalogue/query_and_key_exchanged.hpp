// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake query_and_key_exchanged() {
    return {.slug = "query-and-key-exchanged",
            .layers = {case_id<Attention>()},
            .explanation =
                "The derivatives in Q and K stand in each other's place, which the shapes allow where there are as "
                "many queries as keys. dQ has the keys in it and dK the queries, each summed over the other.",
            .line = "return dK, dQ, dV",
            .hidden_when = "dQ and dK are the same, and impossible unless there are as many queries as keys",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                if (derivatives[0].shape() == derivatives[1].shape()) std::swap(derivatives[0], derivatives[1]);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
