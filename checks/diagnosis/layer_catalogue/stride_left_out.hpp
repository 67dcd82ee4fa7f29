// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake stride_left_out() {
    return {.slug = "stride-left-out",
            .layers = {case_id<Conv2d>(), case_id<MaxPool2d>(), case_id<AveragePool2d>()},
            .explanation =
                "The window of output (h, w) is taken to begin at row h and column w of the padded image. On the way "
                "up it began at h * stride and w * stride, and its derivatives belong there.",
            .line = "vert_start, horiz_start = h, w",
            .hidden_when = "the stride is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                const AnyLayer with_all_windows = point.layer.with("stride", 1);
                // All windows at stride 1, of which the first ones have an upstream derivative.
                const Array<double>& given = point.d_outputs[0];
                Array<double> d_output(with_all_windows.forward(point.inputs)[0].shape());
                for (Eigen::Index i = 0; i < given.dim(0); ++i)
                    for (Eigen::Index h = 0; h < given.dim(1); ++h)
                        for (Eigen::Index w = 0; w < given.dim(2); ++w)
                            for (Eigen::Index k = 0; k < given.dim(3); ++k) d_output(i, h, w, k) = given(i, h, w, k);
                return with_all_windows.pull_back(point.inputs, {d_output});
            }};
}

}  // namespace gradproof::diagnosis
