// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake derivative_in_standard_deviation() {
    return {.slug = "derivative-in-standard-deviation",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "This is the derivative in the standard deviation, the root of the variance. A variance that is sigma "
                "** 2 has the slope 2 * sigma, so the derivative in the variance is this divided by 2 * sigma.",
            .line = "dvariance = dout * (1 / sigma - (y - mean) ** 2 / sigma ** 3)",
            .hidden_when = "every standard deviation is 1/2",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_slope_in_variance(point, [](double error, double variance) {
                    return (1 - error * error / variance) / std::sqrt(variance);
                });
            }};
}

}  // namespace gradproof::diagnosis
