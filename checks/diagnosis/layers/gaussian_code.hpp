// SPDX-License-Identifier: MIT
//
// The backward function of the Gaussian negative log-likelihood with one slope as somebody writes it: entry by entry a
// function of the error, y - mean, and of the variance, times the upstream derivative.
#pragma once

#include "differences/layer_point.hpp"

namespace gradproof::diagnosis {

/// Which input is the variance.
inline constexpr std::size_t variance_input = 1;

/// The upstream derivative times slope(error, variance).
template <class Slope>
Array<double> gaussian_derivative(const checks::LayerPoint& point, const Slope& slope) {
    Array<double> derivative(point.inputs[0].shape());
    for (Eigen::Index n = 0; n < derivative.size(); ++n) {
        const double error = point.inputs[2].values()(n) - point.inputs[0].values()(n);
        derivative.values()(n) =
            point.d_outputs[0].values()(n) * slope(error, point.inputs[variance_input].values()(n));
    }
    return derivative;
}

/// All derivatives, that in the variance with this slope.
template <class Slope>
Arrays<double> with_slope_in_variance(const checks::LayerPoint& point, const Slope& slope) {
    Arrays<double> derivatives = point.pulled_back();
    derivatives[variance_input] = gaussian_derivative(point, slope);
    return derivatives;
}

/// All derivatives, those in the mean and in the label times a factor.
inline Arrays<double> with_mean_and_label_times(const checks::LayerPoint& point, double factor) {
    Arrays<double> derivatives = point.pulled_back();
    for (std::size_t n = 0; n < derivatives.size(); ++n)
        if (n != variance_input) derivatives[n].values() *= factor;
    return derivatives;
}

}  // namespace gradproof::diagnosis
