// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/average_pool2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake average_not_divided() {
    return {.slug = "average-not-divided",
            .layers = {case_id<AveragePool2d>()},
            .explanation =
                "Each number of the window gets the whole derivative of the mean. Each is one of f * f numbers, and "
                "the mean follows it by one part in f * f.",
            .line = "dA_prev[i, vert_start:vert_end, horiz_start:horiz_end, c] += dA[i, h, w, c]",
            .hidden_when = "the window is one number",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const double size = point.layer.facts().parameter("size");
                derivatives[0].values() *= size * size;
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
