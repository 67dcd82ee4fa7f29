// SPDX-License-Identifier: MIT
//
// Root-mean-square normalisation: each example divided by the root of the mean of its squares, then scaled by gamma,
// feature by feature. Layer normalisation without the mean.
// derivations/layers/rms_norm.md
#pragma once

#include <array>
#include <string_view>
#include <tuple>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct RmsNorm {
    static constexpr std::string_view name = "rms_norm";
    static constexpr std::array<LayerInput, 2> inputs{{{"x"}, {"gamma"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    double eps = 1e-6;  ///< added to the mean of the squares
    static constexpr std::array<Parameter<RmsNorm>, 1> parameters{
        {{"eps", &RmsNorm::eps, Interval{.lower = 0, .closed_below = true}}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 2, "N x D");
        require_shape(name, "gamma", shapes[1], {shapes[0][1]}, "D");
    }
    std::vector<Shape> example_shapes() const { return {{3, 4}, {4}}; }

    /// derivations/layers/rms_norm.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const auto& [x, gamma] = std::tie(in[0], in[1]);
        Array<S> y(x.shape());
        for (Eigen::Index n = 0; n < x.dim(0); ++n) {
            const S r = scale(x, n);
            for (Eigen::Index d = 0; d < x.dim(1); ++d) y(n, d) = gamma(d) * x(n, d) * r;
        }
        return {y};
    }
    /// derivations/layers/rms_norm.md (dx)
    /// derivations/layers/rms_norm.md (dgamma)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const auto& [x, gamma] = std::tie(in[0], in[1]);
        const Array<S>& dy = d_out[0];
        Array<S> dx(x.shape());
        Array<S> dgamma(gamma.shape());
        const S D = S(static_cast<double>(x.dim(1)));
        for (Eigen::Index n = 0; n < x.dim(0); ++n) {
            const S r = scale(x, n);
            S sum_with_x = S(0);
            for (Eigen::Index d = 0; d < x.dim(1); ++d) {
                dgamma(d) = dgamma(d) + dy(n, d) * x(n, d) * r;
                sum_with_x = sum_with_x + dy(n, d) * gamma(d) * x(n, d);
            }
            for (Eigen::Index d = 0; d < x.dim(1); ++d)
                dx(n, d) = r * (dy(n, d) * gamma(d) - x(n, d) * r * r * sum_with_x / D);
        }
        return {dx, dgamma};
    }

  private:
    // 1 / sqrt(mean of x^2 + eps)
    template <Scalar S>
    S scale(const Array<S>& x, Eigen::Index n) const {
        const S D = S(static_cast<double>(x.dim(1)));
        S mean = S(0);
        for (Eigen::Index d = 0; d < x.dim(1); ++d) mean = mean + x(n, d) * x(n, d) / D;
        return S(1) / sqrt(S(mean + as_written<S>(eps)));
    }
};

}  // namespace gradproof
