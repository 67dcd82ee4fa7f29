// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/array_agreement.hpp"
#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake error_not_squared() {
    return {.slug = "error-not-squared",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "In the derivative in the variance the error stands as it is, not squared. The square is a factor that "
                "does not move with the variance, so it stays as it was.",
            .line = "dvariance = dout * (1 / variance - (y - mean) / variance ** 2) / 2",
            .hidden_when = "every error is 0 or 1",
            .derivatives =
                [](const checks::LayerPoint& point) {
                    return with_slope_in_variance(
                        point, [](double error, double variance) { return (1 - error / variance) / (2 * variance); });
                },
            // Or mean - y.
            .also_gives =
                [](const checks::LayerPoint& point, std::size_t n, const Array<double>& given) {
                    return n == variance_input &&
                           agree(gaussian_derivative(point,
                                                     [](double error, double variance) {
                                                         return (1 + error / variance) / (2 * variance);
                                                     }),
                                 given);
                }};
}

}  // namespace gradproof::diagnosis
