// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake slope_of_reciprocal_without_minus() {
    return {.slug = "slope-of-reciprocal-without-minus",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "Both terms of the derivative in the variance are added. 1 / variance falls where the variance grows, "
                "its slope is -1 / variance ** 2, so the second term is subtracted.",
            .line = "dvariance = dout * (1 / variance + (y - mean) ** 2 / variance ** 2) / 2",
            .hidden_when = "every error is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_slope_in_variance(point, [](double error, double variance) {
                    return (1 + error * error / variance) / (2 * variance);
                });
            }};
}

}  // namespace gradproof::diagnosis
