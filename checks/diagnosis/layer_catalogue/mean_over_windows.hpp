// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake mean_over_windows() {
    return {.slug = "mean-over-windows",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>()},
            .explanation =
                "dW and db are means over the examples and all places of the windows. A filter is used at each of "
                "these places, and its derivative is the sum of theirs; a mean belongs to the cost, and is in dZ "
                "already if the cost is one.",
            .line = "db = np.mean(dZ, axis=(0, 1, 2))",
            .hidden_when = "there is one window and one example",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const Array<double>& dZ = point.d_outputs[0];
                const auto windows = static_cast<double>(dZ.size() / dZ.shape().back());
                derivatives[1].values() /= windows;
                derivatives[2].values() /= windows;
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
