// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake variance_path_left_out() {
    return {.slug = "variance-path-left-out",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<GroupNorm>()},
            .explanation =
                "What reaches x through the variance is left out, as if only the mean had been computed from x. The "
                "variance depends on every number of its group, and takes x_hat * mean(dx_hat * x_hat) away from "
                "dx_hat.",
            .line = "dx = (dxhat - dxhat.mean(axis=0)) / np.sqrt(var + eps)",
            .hidden_when = "dout * gamma has no part along the normalised x, as where the cost is sum(out)",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(point, [](const NormalisedGroup& of) -> Vector<double> {
                    return of.scale() * (of.dx_hat().array() - of.mean_path());
                });
            }};
}

}  // namespace gradproof::diagnosis
