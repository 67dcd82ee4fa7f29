// SPDX-License-Identifier: MIT
//
// The Gaussian negative log-likelihood with two predictions for each label, its mean and its variance, entry by entry:
// loss = (log(variance) + (y - mean)²/variance) / 2. The constant log(2π)/2 is left out.
// derivations/layers/gaussian_negative_log_likelihood.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct GaussianNegativeLogLikelihood {
    static constexpr std::string_view name = "gaussian_negative_log_likelihood";
    static constexpr std::array<LayerInput, 3> inputs{
        {{.name = "mean"}, {.name = "variance", .is_positive = true}, {.name = "y"}}};
    static constexpr std::array<std::string_view, 1> outputs{"loss"};
    static constexpr bool is_loss = true;

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_shape(name, "variance", shapes[1], shapes[0], "like mean");
        require_shape(name, "y", shapes[2], shapes[0], "like mean");
    }
    std::vector<Shape> example_shapes() const { return {{4, 3}, {4, 3}, {4, 3}}; }

    /// derivations/layers/gaussian_negative_log_likelihood.md (loss)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> loss(in[0].shape());
        for (Eigen::Index n = 0; n < loss.size(); ++n) {
            const S& variance = in[1].values()(n);
            const S error = in[2].values()(n) - in[0].values()(n);
            loss.values()(n) = (log(variance) + error * error / variance) / S(2);
        }
        return {loss};
    }
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        Array<S> d_mean(in[0].shape());
        Array<S> d_variance(in[0].shape());
        Array<S> d_y(in[0].shape());
        for (Eigen::Index n = 0; n < d_mean.size(); ++n) {
            const S& variance = in[1].values()(n);
            const S error = in[2].values()(n) - in[0].values()(n);
            const S& u = d_out[0].values()(n);
            // derivations/layers/gaussian_negative_log_likelihood.md (dmean)
            d_mean.values()(n) = -u * error / variance;
            // derivations/layers/gaussian_negative_log_likelihood.md (dvariance). The square of a small variance would
            // underflow long before the variance does.
            d_variance.values()(n) = u * (S(1) - error * error / variance) / (S(2) * variance);
            // derivations/layers/gaussian_negative_log_likelihood.md (dy)
            d_y.values()(n) = u * error / variance;
        }
        return {d_mean, d_variance, d_y};
    }
};

}  // namespace gradproof
