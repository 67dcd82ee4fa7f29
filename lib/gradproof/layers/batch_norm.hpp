// SPDX-License-Identifier: MIT
//
// Batch normalisation of N examples in rows: each feature minus its mean over the batch, divided by the root of its
// variance, then scaled by gamma and moved by beta. The variance is divided by N - ddof. With pixels or time steps that
// share their statistics, N counts them all.
// derivations/layers/batch_norm.md
#pragma once

#include <array>
#include <string_view>
#include <tuple>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct BatchNorm {
    static constexpr std::string_view name = "batch_norm";
    static constexpr std::array<LayerInput, 3> inputs{{{"x"}, {"gamma"}, {"beta"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    double eps = 1e-5;  ///< added to the variance
    double ddof = 0;    ///< 1 for the unbiased variance
    static constexpr std::array<Parameter<BatchNorm>, 2> parameters{
        {{"eps", &BatchNorm::eps, Interval{.lower = 0, .closed_below = true}},
         {"ddof", &BatchNorm::ddof, closed_unit_interval, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 2, "N x D");
        require_shape(name, "gamma", shapes[1], {shapes[0][1]}, "D");
        require_shape(name, "beta", shapes[2], {shapes[0][1]}, "D");
    }
    std::vector<Shape> example_shapes() const { return {{5, 3}, {3}, {3}}; }

    /// derivations/layers/batch_norm.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const auto& [x, gamma, beta] = std::tie(in[0], in[1], in[2]);
        Array<S> y(x.shape());
        for (Eigen::Index d = 0; d < x.dim(1); ++d) {
            const Statistics<S> of = statistics(x, d);
            for (Eigen::Index n = 0; n < x.dim(0); ++n) y(n, d) = gamma(d) * (x(n, d) - of.mean) * of.scale + beta(d);
        }
        return {y};
    }
    /// derivations/layers/batch_norm.md (dx)
    /// derivations/layers/batch_norm.md (dgamma)
    /// derivations/layers/batch_norm.md (dbeta)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const auto& [x, gamma, beta] = std::tie(in[0], in[1], in[2]);
        const Array<S>& dy = d_out[0];
        Array<S> dx(x.shape());
        Array<S> dgamma(gamma.shape());
        Array<S> dbeta(beta.shape());
        const S N = S(static_cast<double>(x.dim(0)));
        for (Eigen::Index d = 0; d < x.dim(1); ++d) {
            const Statistics<S> of = statistics(x, d);
            S sum = S(0);
            S sum_with_x_hat = S(0);
            for (Eigen::Index n = 0; n < x.dim(0); ++n) {
                const S x_hat = (x(n, d) - of.mean) * of.scale;
                dgamma(d) = dgamma(d) + dy(n, d) * x_hat;
                dbeta(d) = dbeta(d) + dy(n, d);
                sum = sum + dy(n, d) * gamma(d);
                sum_with_x_hat = sum_with_x_hat + dy(n, d) * gamma(d) * x_hat;
            }
            for (Eigen::Index n = 0; n < x.dim(0); ++n) {
                const S x_hat = (x(n, d) - of.mean) * of.scale;
                dx(n, d) = of.scale * (dy(n, d) * gamma(d) - sum / N - x_hat * sum_with_x_hat / (N - S(ddof)));
            }
        }
        return {dx, dgamma, dbeta};
    }

  private:
    template <class S>
    struct Statistics {
        S mean;
        S scale;  // 1 / sqrt(variance + eps)
    };
    template <Scalar S>
    Statistics<S> statistics(const Array<S>& x, Eigen::Index d) const {
        const S N = S(static_cast<double>(x.dim(0)));
        S mean = S(0);
        for (Eigen::Index n = 0; n < x.dim(0); ++n) mean = mean + x(n, d) / N;
        S variance = S(0);
        for (Eigen::Index n = 0; n < x.dim(0); ++n)
            variance = variance + (x(n, d) - mean) * (x(n, d) - mean) / (N - S(ddof));
        return {mean, S(1) / sqrt(S(variance + as_written<S>(eps)))};
    }
};

}  // namespace gradproof
