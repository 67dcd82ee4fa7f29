// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::diagnosis {

inline Arrays<double> with_assigned_windows_of_convolution(const checks::LayerPoint& point) {
    Arrays<double> derivatives = point.pulled_back();
    const Vector<double>& W = point.inputs[1].values();
    const Vector<double>& dZ = point.d_outputs[0].values();
    const Eigen::Index C = point.inputs[0].shape().back();
    const Eigen::Index K = point.d_outputs[0].shape().back();
    for_each_place(point, [&](const ConvolvedPlace& at) {
        for (Eigen::Index c = 0; c < C; ++c)
            derivatives[0].values()(at.pixel * C + c) =
                W.segment((at.weight * C + c) * K, K).dot(dZ.segment(at.window * K, K));
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
            .layers = {case_id<Conv2d>(), case_id<MaxPool2d>(), case_id<AveragePool2d>(), case_id<Conv1d>()},
            .explanation =
                "The derivatives of each window are assigned where they are to be added. Windows overlap where the "
                "stride is less than their size, and of the derivatives of a number that several windows saw the last "
                "one alone is left.",
            .line = "dA_prev[i, vert_start:vert_end, horiz_start:horiz_end] = ...  # +=",
            .hidden_when = "no two windows overlap",
            .derivatives = [](const checks::LayerPoint& point) {
                return point.layer.is<Conv2d>() || point.layer.is<Conv1d>()
                           ? with_assigned_windows_of_convolution(point)
                           : with_assigned_windows_of_pooling(point);
            }};
}

}  // namespace gradproof::diagnosis
