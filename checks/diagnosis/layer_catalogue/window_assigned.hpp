// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::diagnosis {

inline Arrays<double> with_assigned_windows_of_convolution(const checks::LayerPoint& point) {
    Arrays<double> derivatives = point.pulled_back();
    const Array<double>& W = point.inputs[1];
    for_each_place(point, [&](auto i, auto h, auto w, auto p, auto q, auto row, auto column) {
        for (Eigen::Index c = 0; c < W.dim(2); ++c) {
            double& d = derivatives[0](i, row, column, c);
            d = 0;
            for (Eigen::Index k = 0; k < W.dim(3); ++k) d += W(p, q, c, k) * point.d_outputs[0](i, h, w, k);
        }
    });
    return derivatives;
}

inline Arrays<double> with_assigned_windows_of_pooling(const checks::LayerPoint& point) {
    const Array<double>& A_prev = point.inputs[0];
    Array<double> dA_prev(A_prev.shape());
    pooling_windows(point.layer).for_each(A_prev.shape(), [&](const PoolingWindows::Window& at) {
        const Eigen::Index places = at.size * at.size;
        Eigen::Index largest = 0;
        for (Eigen::Index place = 1; place < places; ++place)
            if (at.in(A_prev, largest) < at.in(A_prev, place)) largest = place;
        const double d = at.of(point.d_outputs[0]);
        for (Eigen::Index place = 0; place < places; ++place)
            at.in(dA_prev, place) = point.layer.is<AveragePool2d>() ? d / static_cast<double>(places)
                                    : place == largest              ? d
                                                                    : 0;
    });
    return {dA_prev};
}

inline LayerMistake window_assigned() {
    return {.slug = "window-assigned",
            .layers = {case_id<Conv2d>(), case_id<MaxPool2d>(), case_id<AveragePool2d>()},
            .explanation =
                "The derivatives of each window are assigned where they are to be added. Windows overlap where the "
                "stride is less than their size, and of the derivatives of a number that several windows saw the last "
                "one alone is left.",
            .line = "dA_prev[i, vert_start:vert_end, horiz_start:horiz_end] = ...  # +=",
            .hidden_when = "no two windows overlap",
            .derivatives = [](const checks::LayerPoint& point) {
                return point.layer.is<Conv2d>() ? with_assigned_windows_of_convolution(point)
                                                : with_assigned_windows_of_pooling(point);
            }};
}

}  // namespace gradproof::diagnosis
