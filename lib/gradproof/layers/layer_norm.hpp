// SPDX-License-Identifier: MIT
//
// Layer normalisation: batch normalisation along the features of each example by itself, then scaled by gamma and moved
// by beta, feature by feature.
// derivations/layers/layer_norm.md
#pragma once

#include <array>
#include <string_view>
#include <tuple>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct LayerNorm {
    static constexpr std::string_view name = "layer_norm";
    static constexpr std::array<LayerInput, 3> inputs{{{"x"}, {"gamma"}, {"beta"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    double eps = 1e-5;  ///< added to the variance
    static constexpr std::array<Parameter<LayerNorm>, 1> parameters{
        {{"eps", &LayerNorm::eps, Interval{.lower = 0, .closed_below = true}}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 2, "N x D");
        require_shape(name, "gamma", shapes[1], {shapes[0][1]}, "D");
        require_shape(name, "beta", shapes[2], {shapes[0][1]}, "D");
    }
    std::vector<Shape> example_shapes() const { return {{3, 5}, {5}, {5}}; }

    /// derivations/layers/layer_norm.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const auto& [x, gamma, beta] = std::tie(in[0], in[1], in[2]);
        const Normalised<S> of = normalised(x);
        Array<S> y(x.shape());
        for (Eigen::Index n = 0; n < x.dim(0); ++n)
            for (Eigen::Index d = 0; d < x.dim(1); ++d) y(n, d) = gamma(d) * of.x_hat(n, d) + beta(d);
        return {y};
    }
    /// derivations/layers/layer_norm.md (dx)
    /// derivations/layers/layer_norm.md (dgamma)
    /// derivations/layers/layer_norm.md (dbeta)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const auto& [x, gamma, beta] = std::tie(in[0], in[1], in[2]);
        const Array<S>& dy = d_out[0];
        const Normalised<S> of = normalised(x);
        Array<S> dx(x.shape());
        Array<S> dgamma(gamma.shape());
        Array<S> dbeta(beta.shape());
        const S D = S(static_cast<double>(x.dim(1)));
        for (Eigen::Index n = 0; n < x.dim(0); ++n) {
            S sum = S(0);
            S sum_with_x_hat = S(0);
            for (Eigen::Index d = 0; d < x.dim(1); ++d) {
                dgamma(d) = dgamma(d) + dy(n, d) * of.x_hat(n, d);
                dbeta(d) = dbeta(d) + dy(n, d);
                sum = sum + dy(n, d) * gamma(d);
                sum_with_x_hat = sum_with_x_hat + dy(n, d) * gamma(d) * of.x_hat(n, d);
            }
            for (Eigen::Index d = 0; d < x.dim(1); ++d)
                dx(n, d) = of.scale(n) * (dy(n, d) * gamma(d) - sum / D - of.x_hat(n, d) * sum_with_x_hat / D);
        }
        return {dx, dgamma, dbeta};
    }

  private:
    template <class S>
    struct Normalised {
        Array<S> x_hat;
        Array<S> scale;  // 1 / sqrt(variance + eps), one for each example
    };
    template <Scalar S>
    Normalised<S> normalised(const Array<S>& x) const {
        Normalised<S> of{Array<S>(x.shape()), Array<S>({x.dim(0)})};
        const S D = S(static_cast<double>(x.dim(1)));
        for (Eigen::Index n = 0; n < x.dim(0); ++n) {
            S mean = S(0);
            for (Eigen::Index d = 0; d < x.dim(1); ++d) mean = mean + x(n, d) / D;
            S variance = S(0);
            for (Eigen::Index d = 0; d < x.dim(1); ++d) variance = variance + (x(n, d) - mean) * (x(n, d) - mean) / D;
            of.scale(n) = S(1) / sqrt(S(variance + as_written<S>(eps)));
            for (Eigen::Index d = 0; d < x.dim(1); ++d) of.x_hat(n, d) = (x(n, d) - mean) * of.scale(n);
        }
        return of;
    }
};

}  // namespace gradproof
