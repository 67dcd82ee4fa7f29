// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake dgamma_and_dbeta_exchanged() {
    return {.slug = "dgamma-and-dbeta-exchanged",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<GroupNorm>()},
            .explanation =
                "dgamma and dbeta stand in each other's place. gamma is a factor, and its derivative has the "
                "normalised x in it; beta is added, and its derivative is the sum of dout.",
            .line = "return dx, dbeta, dgamma",
            .hidden_when = "dgamma and dbeta are the same",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                std::swap(derivatives[1], derivatives[2]);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
