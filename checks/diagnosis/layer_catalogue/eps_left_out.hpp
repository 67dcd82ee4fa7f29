// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/rms_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake eps_left_out() {
    return {.slug = "eps-left-out",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<RmsNorm>(), case_id<GroupNorm>()},
            .explanation =
                "The root is taken of the variance alone. On the way up it was the root of variance + eps, and its "
                "derivative is taken at that same number.",
            .line = "std = np.sqrt(var)",
            .hidden_when = "eps is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(point, [](const NormalisedGroup& of) -> Vector<double> {
                    NormalisedGroup without = of;
                    without.eps = 0;
                    return without.scale() *
                           ((without.dx_hat() - without.variance_path()).array() - without.mean_path());
                });
            }};
}

}  // namespace gradproof::diagnosis
