// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake mean_path_left_out() {
    return {.slug = "mean-path-left-out",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<GroupNorm>()},
            .explanation =
                "What reaches x through the mean is left out, as if only the variance had been computed from x. The "
                "mean depends on every number of its group, and takes mean(dx_hat) away from each dx_hat.",
            .line = "dx = (dxhat - xhat * (dxhat * xhat).mean(axis=0)) / np.sqrt(var + eps)",
            .hidden_when = "dout * gamma has mean 0 in every group",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(point, [](const NormalisedGroup& of) -> Vector<double> {
                    return of.scale() * (of.dx_hat() - of.variance_path());
                });
            }};
}

}  // namespace gradproof::diagnosis
