// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/dropout.hpp"

namespace gradproof::diagnosis {

inline LayerMistake dropout_scale_left_out() {
    return {.slug = "dropout-scale-left-out",
            .layers = {case_id<Dropout>()},
            .explanation =
                "The mask is applied and the division by keep_prob is not. What was kept was divided by keep_prob on "
                "the way up, and so is its derivative.",
            .line = "dx = dout * mask",
            .hidden_when = "keep_prob is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0].values() = point.d_outputs[0].values().cwiseProduct(point.inputs[1].values());
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
