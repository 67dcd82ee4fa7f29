// SPDX-License-Identifier: MIT
#include "diagnosis/layers/window_code.hpp"

namespace gradproof::diagnosis {

Array<double> flipped(const Array<double>& W) {
    Array<double> turned(W.shape());
    for (Eigen::Index p = 0; p < W.dim(0); ++p)
        for (Eigen::Index q = 0; q < W.dim(1); ++q)
            for (Eigen::Index c = 0; c < W.dim(2); ++c)
                for (Eigen::Index k = 0; k < W.dim(3); ++k)
                    turned(p, q, c, k) = W(W.dim(0) - 1 - p, W.dim(1) - 1 - q, c, k);
    return turned;
}

}  // namespace gradproof::diagnosis
