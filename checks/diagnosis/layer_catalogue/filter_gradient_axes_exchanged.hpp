// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake filter_gradient_axes_exchanged() {
    return {.slug = "filter-gradient-axes-exchanged",
            .layers = {case_id<Conv2d>(), case_id<ConvTranspose2d>()},
            .explanation =
                "Height and width of dW are exchanged, and the array is brought back to the shape of W. A reshape "
                "moves no number to its place; square filters hide it from a look at the shapes. Rows of dW belong to "
                "rows of the window.",
            .line = "dW = dW.transpose(1, 0, 2, 3).reshape(W.shape)",
            .hidden_when = "dW is the same after the exchange",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const Array<double>& dW = derivatives[1];
                Array<double> exchanged({dW.dim(1), dW.dim(0), dW.dim(2), dW.dim(3)});
                for (Eigen::Index p = 0; p < dW.dim(0); ++p)
                    for (Eigen::Index q = 0; q < dW.dim(1); ++q)
                        for (Eigen::Index c = 0; c < dW.dim(2); ++c)
                            for (Eigen::Index k = 0; k < dW.dim(3); ++k) exchanged(q, p, c, k) = dW(p, q, c, k);
                derivatives[1].values() = exchanged.values();
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
