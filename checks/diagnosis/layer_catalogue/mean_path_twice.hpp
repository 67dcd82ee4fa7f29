// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake mean_path_twice() {
    return {.slug = "mean-path-twice",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<GroupNorm>()},
            .explanation =
                "What reaches x through the mean is subtracted twice. The mean of x acts on the output once, through "
                "x - mean; inside the variance its derivative is 0, because the centred numbers sum to 0.",
            .line = "dx = (dxhat - 2 * dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)) / std",
            .hidden_when = "dout * gamma has mean 0 in every group",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(point, [](const NormalisedGroup& of) -> Vector<double> {
                    return of.scale() * ((of.dx_hat() - of.variance_path()).array() - 2 * of.mean_path());
                });
            }};
}

}  // namespace gradproof::diagnosis
