// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake padding_not_cropped() {
    return {.slug = "padding-not-cropped",
            .layers = {case_id<Conv2d>()},
            .explanation =
                "dA_prev is taken from the first rows and columns of the padded array, padding and all. The image "
                "begins behind the padding: the derivatives of pad rows and columns at each side are to be cut off.",
            .line = "dA_prev[i] = da_prev_pad[:n_H_prev, :n_W_prev]",
            .hidden_when = "there is no padding",
            .derivatives = [](const checks::LayerPoint& point) {
                const Eigen::Index padding = whole_parameter(point.layer, "padding");
                const Array<double>& A_prev = point.inputs[0];
                Array<double> padded(
                    {A_prev.dim(0), A_prev.dim(1) + 2 * padding, A_prev.dim(2) + 2 * padding, A_prev.dim(3)});
                const Array<double> d_padded =
                    point.layer.with("padding", 0)
                        .pull_back({padded, point.inputs[1], point.inputs[2]}, point.d_outputs)[0];
                Arrays<double> derivatives = point.pulled_back();
                for (Eigen::Index i = 0; i < A_prev.dim(0); ++i)
                    for (Eigen::Index row = 0; row < A_prev.dim(1); ++row)
                        for (Eigen::Index column = 0; column < A_prev.dim(2); ++column)
                            for (Eigen::Index c = 0; c < A_prev.dim(3); ++c)
                                derivatives[0](i, row, column, c) = d_padded(i, row, column, c);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
