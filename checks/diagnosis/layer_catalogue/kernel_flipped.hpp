// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake kernel_flipped() {
    return {.slug = "kernel-flipped",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>()},
            .explanation =
                "dA_prev is computed with each filter rotated by 180 degrees. Window by window the filter stands as "
                "it stood on the way up. It is rotated in one form only, where dA_prev is written as a convolution of "
                "dZ with the whole of the padding.",
            .line =
                "da_prev_pad[vert_start:vert_end, horiz_start:horiz_end] += np.rot90(W[:, :, :, c], 2) * dZ[i, h, w, "
                "c]",
            .hidden_when = "the filters are the same after the rotation",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0] = point.layer.pull_back({point.inputs[0], flipped(point.inputs[1]), point.inputs[2]},
                                                       point.d_outputs)[0];
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
