// SPDX-License-Identifier: MIT
//
// The backward function of attention as people write it, in the pieces that they get wrong.
#pragma once

#include <array>
#include <functional>

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

/// The layer's derivatives with those of attention as `back` has them: of each head, if it has several. `with_mask`:
/// with the layer's mask, or without one whatever the layer has. Precondition: attention, by itself or of several
/// heads.
Arrays<double> with_attention(const checks::LayerPoint& point, bool with_mask,
                              const std::function<Arrays<double>(const AttentionBack&)>& back);
Arrays<double> with_attention(const checks::LayerPoint& point,
                              const std::function<Arrays<double>(const AttentionBack&)>& back);

/// Of attention with several heads: the derivative in X along the paths of the queries, the keys and the values.
std::array<Array<double>, 3> paths_of_self_attention(const checks::LayerPoint& point);

}  // namespace gradproof::diagnosis
