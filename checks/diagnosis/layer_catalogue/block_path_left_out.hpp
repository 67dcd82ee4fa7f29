// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/add.hpp"

namespace gradproof::diagnosis {

inline LayerMistake block_path_left_out() {
    return {.slug = "block-path-left-out",
            .layers = {case_id<Add>()},
            .explanation =
                "Nothing goes through the block: df is 0. The sum hands its derivative on to both, to what went past "
                "the block and to what went through it.",
            .line = "return dout, 0  # dout, dout",
            .hidden_when = "the upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return Arrays<double>{point.d_outputs[0], Array<double>(point.inputs[0].shape())};
            }};
}

}  // namespace gradproof::diagnosis
