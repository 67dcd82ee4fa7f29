// SPDX-License-Identifier: MIT
#include "diagnosis/layers/attention_code.hpp"

#include <cmath>
#include <limits>

#include "gradproof/layers/attention.hpp"

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

namespace {

using Back = std::function<Arrays<double>(const AttentionBack&)>;

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

Array<double> array_of(const M& matrix) {
    return as_array(matrix, {matrix.rows(), matrix.cols()});
}

// The derivatives in the queries, the keys and the values of all heads.
std::array<M, 3> back_through_heads(const checks::LayerPoint& point, bool with_mask, const Back& back) {
    const auto heads = static_cast<Eigen::Index>(point.layer.facts().parameter("heads"));
    const M X = as_matrix(point.inputs[0]);
    std::array<M, 3> of;
    for (std::size_t n = 0; n < 3; ++n) of[n] = X * as_matrix(point.inputs[n + 1]);
    const M d_heads = as_matrix(point.d_outputs[0]) * as_matrix(point.inputs[4]).transpose();
    const Eigen::Index width = d_heads.cols() / heads;
    std::array<M, 3> d_of = of;
    for (Eigen::Index h = 0; h < heads; ++h) {
        checks::LayerPoint head{Attention{.causal = point.layer.facts().parameter("causal")},
                                {},
                                {array_of(d_heads.middleCols(h * width, width))}};
        for (const M& all : of) head.inputs.push_back(array_of(all.middleCols(h * width, width)));
        const Arrays<double> d_head = back(attention_back(head, with_mask));
        for (std::size_t n = 0; n < 3; ++n) d_of[n].middleCols(h * width, width) = as_matrix(d_head[n]);
    }
    return d_of;
}

std::array<Array<double>, 3> paths_of(const checks::LayerPoint& point, const std::array<M, 3>& d_of) {
    std::array<Array<double>, 3> paths;
    for (std::size_t n = 0; n < 3; ++n) paths[n] = array_of(d_of[n] * as_matrix(point.inputs[n + 1]).transpose());
    return paths;
}

}  // namespace

Arrays<double> with_attention(const checks::LayerPoint& point, bool with_mask, const Back& back) {
    if (point.layer.is<Attention>()) return back(attention_back(point, with_mask));
    const std::array<M, 3> d_of = back_through_heads(point, with_mask, back);
    Arrays<double> derivatives = point.pulled_back();
    derivatives[0].values().setZero();
    for (const Array<double>& path : paths_of(point, d_of)) derivatives[0].values() += path.values();
    for (std::size_t n = 0; n < 3; ++n) derivatives[n + 1] = array_of(as_matrix(point.inputs[0]).transpose() * d_of[n]);
    return derivatives;
}

Arrays<double> with_attention(const checks::LayerPoint& point, const Back& back) {
    return with_attention(point, true, back);
}

std::array<Array<double>, 3> paths_of_self_attention(const checks::LayerPoint& point) {
    return paths_of(point, back_through_heads(point, true, [](const AttentionBack& of) {
                        return of.derivatives(of.d_scores() * of.scale);
                    }));
}

}  // namespace gradproof::diagnosis
