// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/maxout.hpp"

namespace gradproof::diagnosis {

inline LayerMistake pieces_dealt_to_units() {
    return {.slug = "pieces-dealt-to-units",
            .layers = {case_id<Maxout>()},
            .explanation =
                "The pieces of a unit are looked for one in each block of units. Here they lie beside each other: the "
                "last axis is units by pieces, not pieces by units.",
            .line = "winner = np.argmax(x.reshape(N, pieces, -1), axis=1)",
            .hidden_when = "there is one unit",
            .derivatives = [](const checks::LayerPoint& point) {
                const Array<double>& x = point.inputs[0];
                const Array<double>& u = point.d_outputs[0];
                const auto pieces = static_cast<Eigen::Index>(point.layer.facts().parameter("pieces"));
                const Eigen::Index units = u.shape().back();
                Array<double> dx(x.shape());
                for (Eigen::Index n = 0; n < u.size(); ++n) {
                    const Eigen::Index first = n / units * units * pieces + n % units;
                    Eigen::Index largest = first;
                    for (Eigen::Index piece = 1; piece < pieces; ++piece)
                        if (x.values()(largest) < x.values()(first + piece * units)) largest = first + piece * units;
                    dx.values()(largest) = u.values()(n);
                }
                return Arrays<double>{dx};
            }};
}

}  // namespace gradproof::diagnosis
