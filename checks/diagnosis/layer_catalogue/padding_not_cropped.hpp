// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake padding_not_cropped() {
    return {.slug = "padding-not-cropped",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>()},
            .explanation =
                "dA_prev is taken from the first rows and columns of the padded array, padding and all. The image "
                "begins behind the padding: the derivatives of pad rows and columns at each side are to be cut off.",
            .line = "dA_prev[i] = da_prev_pad[:n_H_prev, :n_W_prev]",
            .hidden_when = "there is no padding",
            .derivatives = [](const checks::LayerPoint& point) {
                const Eigen::Index padding = whole_parameter(point.layer, "padding");
                const Array<double>& A_prev = point.inputs[0];
                Shape shape = A_prev.shape();
                for (std::size_t axis = 1; axis + 1 < shape.size(); ++axis) shape[axis] += 2 * padding;
                const Arrays<double> padded{Array<double>(shape), point.inputs[1], point.inputs[2]};
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0] =
                    part_of(point.layer.with("padding", 0).pull_back(padded, point.d_outputs)[0], A_prev.shape());
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
