// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake channels_reshaped() {
    return {.slug = "channels-reshaped",
            .layers = {case_id<Conv2d>(), case_id<Conv1d>(), case_id<ConvTranspose2d>()},
            .explanation =
                "Channels in and channels out are exchanged by a reshape where a transpose is needed. A reshape keeps "
                "the numbers in their order and gives them to other channels. dZ has the channels out, and each of "
                "them goes back through its own filter.",
            .line = "dA_prev_cols = dZ_cols @ W.reshape(f, f, n_C, n_C_prev)  # W.transpose(0, 1, 3, 2)",
            .hidden_when = "there is one channel in or one channel out",
            .derivatives = [](const checks::LayerPoint& point) {
                const Array<double>& W = point.inputs[1];
                // The last two axes, channels in and channels out.
                const auto exchanged = [](const Array<double>& of) {
                    Shape shape = of.shape();
                    std::swap(shape.rbegin()[0], shape.rbegin()[1]);
                    Array<double> to(shape);
                    const Eigen::Index C = shape.rbegin()[0];
                    const Eigen::Index K = shape.rbegin()[1];
                    for (Eigen::Index n = 0; n < of.size(); ++n)
                        to.values()(n / (C * K) * C * K + n % K * C + n / K % C) = of.values()(n);
                    return to;
                };
                Shape shape = W.shape();
                std::swap(shape.rbegin()[0], shape.rbegin()[1]);
                const Array<double> reshaped(shape, W.values());
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0] =
                    point.layer.pull_back({point.inputs[0], exchanged(reshaped), point.inputs[2]}, point.d_outputs)[0];
                derivatives[1].values() = exchanged(derivatives[1]).values();
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
