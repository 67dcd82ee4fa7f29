// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/dropout.hpp"

namespace gradproof::diagnosis {

inline LayerMistake mask_left_out() {
    return {.slug = "mask-left-out",
            .layers = {case_id<Dropout>()},
            .explanation =
                "What was dropped on the way forward has no part in the output, and gets no derivative back. "
                "The same mask belongs in the backward function.",
            .line = "dx = dout / keep_prob",
            .hidden_when = "nothing is dropped",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0].values() = point.d_outputs[0].values() / point.layer.facts().parameter("keep");
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
