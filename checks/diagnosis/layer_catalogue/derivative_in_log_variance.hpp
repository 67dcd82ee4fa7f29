// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake derivative_in_log_variance() {
    return {.slug = "derivative-in-log-variance",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "This is the derivative in the logarithm of the variance. A variance that is e^s has the slope e^s, "
                "the variance itself, so the derivative in the variance is this divided by it.",
            .line = "dvariance = dout * (1 - (y - mean) ** 2 / variance) / 2",
            .hidden_when = "every variance is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_slope_in_variance(
                    point, [](double error, double variance) { return (1 - error * error / variance) / 2; });
            }};
}

}  // namespace gradproof::diagnosis
