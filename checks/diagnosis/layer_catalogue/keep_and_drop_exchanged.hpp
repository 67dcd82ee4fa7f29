// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/dropout.hpp"

namespace gradproof::diagnosis {

inline LayerMistake keep_and_drop_exchanged() {
    return {.slug = "keep-and-drop-exchanged",
            .layers = {case_id<Dropout>()},
            .explanation =
                "The derivative is divided by the probability of being dropped. What was kept was divided by the "
                "probability of being kept; courses differ in which of the two p stands for.",
            .line = "dx = dout * mask / (1 - keep_prob)",
            .hidden_when = "both probabilities are 0.5",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0].values() = point.d_outputs[0].values().cwiseProduct(point.inputs[1].values()) /
                                          (1 - point.layer.facts().parameter("keep"));
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
