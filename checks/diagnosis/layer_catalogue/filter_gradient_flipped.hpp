// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake filter_gradient_flipped() {
    return {.slug = "filter-gradient-flipped",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>(), case_id<ConvTranspose2d>()},
            .explanation =
                "dW is rotated by 180 degrees in height and width. As in every course the window is not turned round: "
                "place (p, q) of a filter meets place (p, q) of each window, and its derivative is summed there.",
            .line = "dW = np.rot90(dW, 2)",
            .hidden_when = "dW is the same after the rotation",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[1] = flipped(derivatives[1]);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
