// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/add.hpp"

namespace gradproof::diagnosis {

inline LayerMistake identity_path_left_out() {
    return {.slug = "identity-path-left-out",
            .layers = {case_id<Add>()},
            .explanation =
                "Nothing goes past the block: dx is 0. The sum hands its derivative on to both, to what went through "
                "the block and to what went past it.",
            .line = "return 0, dout  # dout, dout",
            .hidden_when = "the upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return Arrays<double>{Array<double>(point.inputs[0].shape()), point.d_outputs[0]};
            }};
}

}  // namespace gradproof::diagnosis
