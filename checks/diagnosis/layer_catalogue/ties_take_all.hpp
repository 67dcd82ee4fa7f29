// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake ties_take_all() {
    return {.slug = "ties-take-all",
            .layers = {case_id<MaxPool2d>()},
            .explanation =
                "Each of the numbers that are equally large gets the whole derivative of its window. One derivative "
                "comes down and one is to be handed on: to one of them, or in shares that sum to it.",
            .line = "mask = (a_prev_slice == np.max(a_prev_slice))",
            .hidden_when = "no window has its largest number twice",
            .derivatives = [](const checks::LayerPoint& point) {
                const Array<double>& A_prev = point.inputs[0];
                const Array<double> A = point.layer.forward(point.inputs)[0];
                Array<double> dA_prev(A_prev.shape());
                pooling_windows(point.layer).for_each(A_prev.shape(), [&](const PoolingWindows::Window& at) {
                    for (Eigen::Index place = 0; place < at.size * at.size; ++place)
                        if (at.in(A_prev, place) == at.of(A)) at.in(dA_prev, place) += at.of(point.d_outputs[0]);
                });
                return Arrays<double>{dA_prev};
            }};
}

}  // namespace gradproof::diagnosis
