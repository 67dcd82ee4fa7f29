// SPDX-License-Identifier: MIT
#include "diagnosis/layers/attention_code.hpp"

#include <cmath>
#include <limits>

namespace gradproof::diagnosis {

using M = Matrix<double>;

M AttentionBack::d_scores() const {
    const Vector<double> means = P.cwiseProduct(dP).rowwise().sum();
    return P.cwiseProduct(dP.colwise() - means);
}

Arrays<double> AttentionBack::derivatives(const M& d_products) const {
    const auto array = [](const M& matrix) { return as_array(matrix, {matrix.rows(), matrix.cols()}); };
    return {array(d_products * K), array(d_products.transpose() * Q), array(P.transpose() * dY)};
}

AttentionBack attention_back(const checks::LayerPoint& point, bool with_mask) {
    AttentionBack back{.Q = as_matrix(point.inputs[0]),
                       .K = as_matrix(point.inputs[1]),
                       .dY = as_matrix(point.d_outputs[0]),
                       .P = {},
                       .dP = {},
                       .scale = 0};
    back.scale = 1 / std::sqrt(static_cast<double>(back.Q.cols()));
    back.dP = back.dY * as_matrix(point.inputs[2]).transpose();
    M scores = back.Q * back.K.transpose() * back.scale;
    if (with_mask && point.layer.facts().parameter("causal") != 0)
        for (Eigen::Index i = 0; i < scores.rows(); ++i)
            for (Eigen::Index j = i + 1; j < scores.cols(); ++j)
                scores(i, j) = -std::numeric_limits<double>::infinity();
    back.P.resize(scores.rows(), scores.cols());
    for (Eigen::Index i = 0; i < scores.rows(); ++i) {
        back.P.row(i) = (scores.row(i).array() - scores.row(i).maxCoeff()).exp();
        back.P.row(i) /= back.P.row(i).sum();
    }
    return back;
}

}  // namespace gradproof::diagnosis
