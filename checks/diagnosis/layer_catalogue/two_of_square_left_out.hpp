// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/gaussian_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake two_of_square_left_out() {
    return {.slug = "two-of-square-left-out",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "The derivative in the mean, or in the label, is half as large as it is. The square of the error has "
                "the slope 2 * (mean - y), and its 2 cancels with the half in front of the loss.",
            .line = "dmean = dout * (mean - y) / (2 * variance)",
            .hidden_when = "every error is 0",
            .derivatives = [](const checks::LayerPoint& point) { return with_mean_and_label_times(point, 0.5); }};
}

}  // namespace gradproof::diagnosis
