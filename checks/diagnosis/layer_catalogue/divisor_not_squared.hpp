// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake divisor_not_squared() {
    return {.slug = "divisor-not-squared",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "In the derivative in the variance the square of the error is divided by the variance once. 1 / "
                "variance has the slope -1 / variance ** 2, so it is divided twice.",
            .line = "dvariance = dout * (1 / variance - (y - mean) ** 2 / variance) / 2",
            .hidden_when = "every variance is 1, or every error is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_slope_in_variance(
                    point, [](double error, double variance) { return (1 - error * error) / (2 * variance); });
            }};
}

}  // namespace gradproof::diagnosis
