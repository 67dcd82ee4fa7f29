// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake filter_assigned() {
    return {.slug = "filter-assigned",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>()},
            .explanation =
                "What each window and each filter gives is assigned where it is to be added. Every filter sees every "
                "window, and every window the same filter, so all of it is to be summed; only what the loops come to "
                "last is left.",
            .line = "da_prev_pad[vert_start:vert_end, horiz_start:horiz_end] = W[:, :, :, c] * dZ[i, h, w, c]  # +=",
            .hidden_when = "there is one filter, one window and one example",
            .derivatives = [](const checks::LayerPoint& point) {
                const Array<double>& A_prev = point.inputs[0];
                const Array<double>& W = point.inputs[1];
                const Array<double>& b = point.inputs[2];
                const Array<double>& dZ = point.d_outputs[0];
                const Eigen::Index C = A_prev.shape().back();
                const Eigen::Index K = b.size();
                const Eigen::Index last_window = dZ.size() / K - 1;
                Array<double> dA_prev(A_prev.shape());
                Array<double> dW(W.shape());
                const Array<double> db(b.shape(), dZ.values().tail(K));
                for_each_place(point, [&](const ConvolvedPlace& at) {
                    for (Eigen::Index c = 0; c < C; ++c) {
                        const Eigen::Index weights = (at.weight * C + c) * K;
                        dA_prev.values()(at.pixel * C + c) =
                            W.values()(weights + K - 1) * dZ.values()(at.window * K + K - 1);
                        if (at.window == last_window)
                            dW.values().segment(weights, K) = A_prev.values()(at.pixel * C + c) * dZ.values().tail(K);
                    }
                });
                return Arrays<double>{dA_prev, dW, db};
            }};
}

}  // namespace gradproof::diagnosis
