// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake filter_assigned() {
    return {.slug = "filter-assigned",
            .layers = {case_id<Conv2d>()},
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
                Array<double> dA_prev(A_prev.shape());
                Array<double> dW(W.shape());
                Array<double> db(b.shape());
                for (Eigen::Index k = 0; k < b.dim(0); ++k) db(k) = dZ(dZ.dim(0) - 1, dZ.dim(1) - 1, dZ.dim(2) - 1, k);
                const Eigen::Index last = W.dim(3) - 1;
                for_each_place(point, [&](auto i, auto h, auto w, auto p, auto q, auto row, auto column) {
                    for (Eigen::Index c = 0; c < W.dim(2); ++c)
                        dA_prev(i, row, column, c) = W(p, q, c, last) * dZ(i, h, w, last);
                    const bool is_last_window = i == dZ.dim(0) - 1 && h == dZ.dim(1) - 1 && w == dZ.dim(2) - 1;
                    if (is_last_window)
                        for (Eigen::Index c = 0; c < W.dim(2); ++c)
                            for (Eigen::Index k = 0; k < W.dim(3); ++k)
                                dW(p, q, c, k) = A_prev(i, row, column, c) * dZ(i, h, w, k);
                });
                return Arrays<double>{dA_prev, dW, db};
            }};
}

}  // namespace gradproof::diagnosis
