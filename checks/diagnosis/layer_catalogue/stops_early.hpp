// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::diagnosis {

/// The derivatives of the first entries of the output alone.
inline Arrays<double> stopped_after(const checks::LayerPoint& point, Eigen::Index entries) {
    Array<double> d_output = point.d_outputs[0];
    d_output.values().tail(d_output.size() - entries).setZero();
    return point.layer.pull_back(point.inputs, {d_output});
}

inline LayerMistake stops_early() {
    return {.slug = "stops-early",
            .layers = {case_id<Conv2d>(), case_id<MaxPool2d>(), case_id<AveragePool2d>(), case_id<Conv1d>(),
                       case_id<ConvTranspose2d>()},
            .explanation =
                "The loops end too early, as where return stands one level too deep: what comes later gets no "
                "derivative. Every example, window and channel has to be gone through before the function returns.",
            .line = "    return dA_prev  # one level too deep",
            .hidden_when = "there is one example",
            .derivatives =
                [](const checks::LayerPoint& point) {
                    return stopped_after(point, point.d_outputs[0].size() / point.d_outputs[0].dim(0));
                },
            .also_gives =
                [](const checks::LayerPoint& point, std::size_t n, const Array<double>& given) {
                    // After some examples, or within the first one after some rows of windows, windows or channels.
                    Eigen::Index entries = point.d_outputs[0].size();
                    for (const Eigen::Index dim : point.d_outputs[0].shape()) {
                        entries /= dim;
                        for (Eigen::Index turns = 1; turns < dim; ++turns) {
                            const Array<double> stopped = stopped_after(point, turns * entries)[n];
                            const double largest = stopped.values().cwiseAbs().maxCoeff();
                            if ((stopped.values() - given.values()).cwiseAbs().maxCoeff() <= 1e-9 * largest)
                                return true;
                        }
                    }
                    return false;
                }};
}

}  // namespace gradproof::diagnosis
