// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake remainder_rows_left_out() {
    return {.slug = "remainder-rows-left-out",
            .layers = {case_id<Conv2d>()},
            .explanation =
                "The padding is cut from both ends of an array that is only as large as the windows reach. Where they "
                "do not reach the end of the padded image, rows and columns of the image are cut with it and get no "
                "derivative. The array has the size of the padded image, of which the last rows may stay 0.",
            .line = "dA_prev[:, :-r, :-r] = dA_prev_pad[:, pad:-pad, pad:-pad]  # r: rows that no window reaches",
            .hidden_when = "the windows reach the end of the padded image, or there is no padding",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                Array<double>& dA_prev = derivatives[0];
                const Eigen::Index stride = whole_parameter(point.layer, "stride");
                const Eigen::Index padding = whole_parameter(point.layer, "padding");
                const Eigen::Index dilation = whole_parameter(point.layer, "dilation");
                const auto unreached = [&](std::size_t axis) {
                    const Eigen::Index reach = dilation * (point.inputs[1].dim(axis - 1) - 1) + 1;
                    return (dA_prev.dim(axis) + 2 * padding - reach) % stride;
                };
                const Eigen::Index rows = dA_prev.dim(1) - unreached(1);
                const Eigen::Index columns = dA_prev.dim(2) - unreached(2);
                for (Eigen::Index i = 0; i < dA_prev.dim(0); ++i)
                    for (Eigen::Index row = 0; row < dA_prev.dim(1); ++row)
                        for (Eigen::Index column = 0; column < dA_prev.dim(2); ++column)
                            for (Eigen::Index c = 0; c < dA_prev.dim(3); ++c)
                                if (row >= rows || column >= columns) dA_prev(i, row, column, c) = 0;
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
