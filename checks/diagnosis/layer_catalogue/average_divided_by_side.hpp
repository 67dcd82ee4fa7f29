// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/average_pool2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake average_divided_by_side() {
    return {.slug = "average-divided-by-side",
            .layers = {case_id<AveragePool2d>()},
            .explanation =
                "The derivative is divided by the side of the window. A mean over f rows and f columns is a sum over "
                "f * f numbers, divided by f * f.",
            .line = "average = dA[i, h, w, c] / f",
            .hidden_when = "the window is one number",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0].values() *= point.layer.facts().parameter("size");
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
