// SPDX-License-Identifier: MIT
//
// Scaled dot-product attention of one sequence in rows: each query takes the mean of the values, weighted by the
// softmax of its dot products with the keys, divided by the root of their length. A causal mask lets query i see the
// keys up to i. derivations/layers/attention.md
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "gradproof/activations/softmax.hpp"
#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Attention {
    static constexpr std::string_view name = "attention";
    static constexpr std::array<LayerInput, 3> inputs{{{"Q"}, {"K"}, {"V"}}};
    static constexpr std::array<std::string_view, 1> outputs{"Y"};

    double causal = 0;  ///< 1 for the mask
    static constexpr std::array<Parameter<Attention>, 1> parameters{
        {{"causal", &Attention::causal, closed_unit_interval, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "Q", shapes[0], 2, "queries x d");
        require_rank(name, "K", shapes[1], 2, "keys x d");
        require_rank(name, "V", shapes[2], 2, "keys x d_v");
        require_shape(name, "K", shapes[1], {shapes[1][0], shapes[0][1]}, "keys x d");
        require_shape(name, "V", shapes[2], {shapes[1][0], shapes[2][1]}, "keys x d_v");
    }
    std::vector<Shape> example_shapes() const { return {{4, 3}, {5, 3}, {5, 2}}; }

    /// derivations/layers/attention.md (Y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const auto [Q, K, V] = matrices(in);
        return {as_array(product(weights(Q, K), V), {in[0].dim(0), in[2].dim(1)})};
    }
    /// derivations/layers/attention.md (dS)
    /// derivations/layers/attention.md (dQ)
    /// derivations/layers/attention.md (dK)
    /// derivations/layers/attention.md (dV)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const auto [Q, K, V] = matrices(in);
        const Matrix<S> dY = as_matrix(d_out[0]);
        const Matrix<S> P = weights(Q, K);
        const Matrix<S> dP = product(dY, V.transpose());
        Matrix<S> dS(P.rows(), P.cols());
        for (Eigen::Index i = 0; i < P.rows(); ++i) {
            S mean = S(0);
            for (Eigen::Index j = 0; j < P.cols(); ++j) mean = mean + P(i, j) * dP(i, j);
            for (Eigen::Index j = 0; j < P.cols(); ++j) dS(i, j) = P(i, j) * (dP(i, j) - mean) * scale<S>(Q);
        }
        return {as_array(product(dS, K), in[0].shape()), as_array(product(dS.transpose(), Q), in[1].shape()),
                as_array(product(P.transpose(), dY), in[2].shape())};
    }

  private:
    template <Scalar S>
    static std::array<Matrix<S>, 3> matrices(const Arrays<S>& in) {
        return {as_matrix(in[0]), as_matrix(in[1]), as_matrix(in[2])};
    }
    // 1 / sqrt(d)
    template <Scalar S>
    static S scale(const Matrix<S>& Q) {
        return S(1) / sqrt(S(static_cast<double>(Q.cols())));
    }
    // The softmax of each row of Q Kᵀ / sqrt(d); 0 for what a query does not see.
    template <Scalar S>
    Matrix<S> weights(const Matrix<S>& Q, const Matrix<S>& K) const {
        const Matrix<S> scores = product(Q, K.transpose()) * scale(Q);
        Matrix<S> P = Matrix<S>::Constant(scores.rows(), scores.cols(), S(0));
        for (Eigen::Index i = 0; i < P.rows(); ++i) {
            const Eigen::Index seen = causal != 0 ? std::min(i + 1, P.cols()) : P.cols();
            const Vector<S> p = Softmax{}.value(Vector<S>(scores.row(i).head(seen).transpose()));
            for (Eigen::Index j = 0; j < seen; ++j) P(i, j) = p(j);
        }
        return P;
    }
};

}  // namespace gradproof
