// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/maxout.hpp"

namespace gradproof::diagnosis {

inline LayerMistake every_piece_takes_all() {
    return {.slug = "every-piece-takes-all",
            .layers = {case_id<Maxout>()},
            .explanation =
                "Every piece of a unit is given what arrives. Only the largest had a part in the output; the others "
                "get 0.",
            .line = "dx = np.repeat(dout, pieces, axis=-1)",
            .hidden_when = "a unit has one piece",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const auto pieces = static_cast<Eigen::Index>(point.layer.facts().parameter("pieces"));
                for (Eigen::Index n = 0; n < derivatives[0].size(); ++n)
                    derivatives[0].values()(n) = point.d_outputs[0].values()(n / pieces);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
