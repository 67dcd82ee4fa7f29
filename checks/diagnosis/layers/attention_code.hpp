// SPDX-License-Identifier: MIT
//
// The backward function of attention as people write it, in the pieces that they get wrong.
#pragma once

#include "differences/layer_point.hpp"

namespace gradproof::diagnosis {

struct AttentionBack {
    Matrix<double> Q;
    Matrix<double> K;
    Matrix<double> dY;
    Matrix<double> P;   ///< the weights: each row is a softmax of the scores
    Matrix<double> dP;  ///< dY Vᵀ
    double scale;       ///< 1 / sqrt(d)

    /// Back through the softmax of each row.
    Matrix<double> d_scores() const;
    /// dQ, dK and dV of these derivatives in Q Kᵀ.
    Arrays<double> derivatives(const Matrix<double>& d_products) const;
};

/// With the layer's mask, or without one whatever the layer has. Precondition: the layer is attention.
AttentionBack attention_back(const checks::LayerPoint& point, bool with_mask = true);

}  // namespace gradproof::diagnosis
