// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake stride_left_out() {
    return {.slug = "stride-left-out",
            .layers = {case_id<Conv2d>(), case_id<MaxPool2d>(), case_id<AveragePool2d>(), case_id<Conv1d>(),
                       case_id<ConvTranspose2d>()},
            .explanation =
                "Window (h, w) is taken to begin at row h and column w of the padded array. On the way up it began at "
                "h * stride and w * stride, and its derivatives belong there.",
            .line = "vert_start, horiz_start = h, w",
            .hidden_when = "the stride is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                const AnyLayer with_all_windows = point.layer.with("stride", 1);
                // The windows of stride 1 take as many of the upstream derivatives as there are.
                const Shape shape = with_all_windows.forward(point.inputs)[0].shape();
                return with_all_windows.pull_back(point.inputs, {part_of(point.d_outputs[0], shape)});
            }};
}

}  // namespace gradproof::diagnosis
