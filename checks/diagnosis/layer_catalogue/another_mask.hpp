// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/dropout.hpp"

namespace gradproof::diagnosis {

/// Whether each entry is either 0 or the upstream derivative over keep, and some of both.
inline bool is_dropped_by_some_mask(const checks::LayerPoint& point, const Array<double>& given) {
    const double keep = point.layer.facts().parameter("keep");
    bool any_dropped = false;
    bool any_kept = false;
    for (Eigen::Index n = 0; n < given.size(); ++n) {
        const double undropped = point.d_outputs[0].values()(n) / keep;
        if (given.values()(n) == 0)
            any_dropped = true;
        else if (std::abs(given.values()(n) - undropped) <= 1e-9 * std::abs(undropped))
            any_kept = true;
        else
            return false;
    }
    return any_dropped && any_kept;
}

inline LayerMistake another_mask() {
    return {.slug = "another-mask",
            .layers = {case_id<Dropout>()},
            .explanation =
                "The derivative is dropped by another mask than the one of the way up: drawn anew, or that of another "
                "layer. An entry has a derivative if, and only if, it was kept on the way up, so the same mask is "
                "needed.",
            .line = "dA1 = dA1 * D2 / keep_prob",
            .hidden_when = "the two masks are the same, as where nothing is dropped",
            .derivatives =
                [](const checks::LayerPoint& point) {
                    Arrays<double> derivatives = point.pulled_back();
                    const double keep = point.layer.facts().parameter("keep");
                    derivatives[0].values() =
                        point.d_outputs[0].values().cwiseProduct(Vector<double>(point.inputs[1].values().reverse())) /
                        keep;
                    return derivatives;
                },
            .also_gives = [](const checks::LayerPoint& point, std::size_t,
                             const Array<double>& given) { return is_dropped_by_some_mask(point, given); }};
}

}  // namespace gradproof::diagnosis
