// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/window_code.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake transposed_kernel_flipped() {
    return {.slug = "transposed-kernel-flipped",
            .layers = {case_id<ConvTranspose2d>()},
            .explanation =
                "dA_prev is computed with each filter rotated by 180 degrees. Each number of A_prev laid the filter on "
                "Z as it stands and gets back what lies there with the same weights: dA_prev is the plain convolution "
                "of dZ, with no rotation.",
            .line = "dA_prev[i, h, w, c] = np.sum(np.rot90(W[:, :, :, c], 2) * dz_slice)",
            .hidden_when = "the filters are the same after the rotation",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0] = point.layer.pull_back({point.inputs[0], flipped(point.inputs[1]), point.inputs[2]},
                                                       point.d_outputs)[0];
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
