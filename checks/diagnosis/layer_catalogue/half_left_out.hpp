// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"

namespace gradproof::diagnosis {

inline LayerMistake half_left_out() {
    return {.slug = "half-left-out",
            .layers = {case_id<GaussianNegativeLogLikelihood>()},
            .explanation =
                "The half in front of the loss is left out, so that the derivative is twice as large. log(variance) "
                "and the square of the error over the variance are both halved.",
            .line = "dmean = dout * 2 * (mean - y) / variance",
            .hidden_when = "the upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                for (Array<double>& derivative : derivatives) derivative.values() *= 2;
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
