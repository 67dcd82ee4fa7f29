// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/glu.hpp"

namespace gradproof::diagnosis {

inline LayerMistake halves_exchanged() {
    return {.slug = "halves-exchanged",
            .layers = {case_id<Glu>()},
            .explanation =
                "The derivatives of the two halves have changed places. The first half of x is let through and the "
                "second is the gate, so dx has that of the first half first.",
            .line = "dx = np.concatenate((db, da), axis=-1)",
            .hidden_when = "the upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                Array<double>& dx = derivatives[0];
                const Eigen::Index width = dx.shape().back() / 2;
                for (Eigen::Index n = 0; n < dx.size(); n += 2 * width)
                    for (Eigen::Index k = n; k < n + width; ++k) std::swap(dx.values()(k), dx.values()(k + width));
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
