// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake remainder_rows_left_out() {
    return {.slug = "remainder-rows-left-out",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>()},
            .explanation =
                "The padding is cut from both ends of an array that is only as large as the windows reach. Where they "
                "do not reach the end of the padded image, rows and columns of the image are cut with it and get no "
                "derivative. The array has the size of the padded image, of which the last rows may stay 0.",
            .line = "dA_prev[:, :-r, :-r] = dA_prev_pad[:, pad:-pad, pad:-pad]  # r: rows that no window reaches",
            .hidden_when = "the windows reach the end of the padded image, or there is no padding",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const Eigen::Index stride = whole_parameter(point.layer, "stride");
                const Eigen::Index padding = whole_parameter(point.layer, "padding");
                const Eigen::Index dilation = whole_parameter(point.layer, "dilation");
                Shape reached = derivatives[0].shape();
                for (std::size_t axis = 1; axis + 1 < reached.size(); ++axis) {
                    const Eigen::Index window = dilation * (point.inputs[1].dim(axis - 1) - 1) + 1;
                    reached[axis] -= (reached[axis] + 2 * padding - window) % stride;
                }
                derivatives[0] = part_of(part_of(derivatives[0], reached), derivatives[0].shape());
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
