// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/conv2d.hpp"

namespace gradproof::diagnosis {

inline LayerMistake channels_reshaped() {
    return {.slug = "channels-reshaped",
            .layers = {case_id<Conv2d>()},
            .explanation =
                "Channels in and channels out are exchanged by a reshape where a transpose is needed. A reshape keeps "
                "the numbers in their order and gives them to other channels. dZ has the channels out, and each of "
                "them goes back through its own filter.",
            .line = "dA_prev_cols = dZ_cols @ W.reshape(f, f, n_C, n_C_prev)  # W.transpose(0, 1, 3, 2)",
            .hidden_when = "there is one channel in or one channel out",
            .derivatives = [](const checks::LayerPoint& point) {
                const Array<double>& W = point.inputs[1];
                const auto exchanged = [](const Array<double>& of) {
                    Array<double> to({of.dim(0), of.dim(1), of.dim(3), of.dim(2)});
                    for (Eigen::Index p = 0; p < of.dim(0); ++p)
                        for (Eigen::Index q = 0; q < of.dim(1); ++q)
                            for (Eigen::Index c = 0; c < of.dim(2); ++c)
                                for (Eigen::Index k = 0; k < of.dim(3); ++k) to(p, q, k, c) = of(p, q, c, k);
                    return to;
                };
                const Array<double> reshaped({W.dim(0), W.dim(1), W.dim(3), W.dim(2)}, W.values());
                Arrays<double> derivatives = point.pulled_back();
                derivatives[0] =
                    point.layer.pull_back({point.inputs[0], exchanged(reshaped), point.inputs[2]}, point.d_outputs)[0];
                derivatives[1].values() = exchanged(derivatives[1]).values();
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
