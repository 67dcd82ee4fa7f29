// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/dropout.hpp"

namespace gradproof::diagnosis {

inline LayerMistake mask_and_scale_left_out() {
    return {.slug = "mask-and-scale-left-out",
            .layers = {case_id<Dropout>()},
            .explanation =
                "dout is handed on as it is. The layer multiplied by mask / keep_prob on the way up, and the "
                "derivative of a multiplication is the same multiplication.",
            .line = "dx = dout",
            .hidden_when = "nothing is dropped and keep_prob is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0] = point.d_outputs[0];
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
