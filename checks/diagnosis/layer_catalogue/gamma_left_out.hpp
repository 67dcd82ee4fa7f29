// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/rms_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake gamma_left_out() {
    return {.slug = "gamma-left-out",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<RmsNorm>(), case_id<GroupNorm>()},
            .explanation =
                "dx is computed from dout itself. The normalised x is multiplied by gamma on the way up, so its "
                "derivative is dout * gamma, and all terms of dx are made of that.",
            .line = "dxhat = dout",
            .hidden_when = "gamma is 1",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(point, [](const NormalisedGroup& of) -> Vector<double> {
                    NormalisedGroup without = of;
                    without.gamma.setOnes();
                    return without.scale() *
                           ((without.dx_hat() - without.variance_path()).array() - without.mean_path());
                });
            }};
}

}  // namespace gradproof::diagnosis
