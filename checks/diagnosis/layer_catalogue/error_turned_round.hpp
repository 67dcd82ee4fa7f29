// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake error_turned_round() {
    return {.slug = "error-turned-round",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "The error is turned round. A mean above the label has a positive derivative in the mean, mean - y "
                "over the variance, and a negative one in the label.",
            .line = "dmean = dout * (y - mean) / variance",
            .hidden_when = "every error is 0",
            .derivatives = [](const checks::LayerPoint& point) { return with_mean_and_label_times(point, -1); }};
}

}  // namespace gradproof::diagnosis
