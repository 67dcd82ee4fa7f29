// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/rms_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake statistics_taken_as_constants() {
    return {.slug = "statistics-taken-as-constants",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<RmsNorm>(), case_id<GroupNorm>()},
            .explanation =
                "The derivative is only scaled, as if the mean and the variance were constants. Both are computed "
                "from x, so that each number also acts on all the others of its group: two more terms of dx come from "
                "there.",
            .line = "dx = dout * gamma / np.sqrt(var + eps)",
            .hidden_when = "dout * gamma has neither a mean nor a part along the normalised x",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(
                    point, [](const NormalisedGroup& of) -> Vector<double> { return of.scale() * of.dx_hat(); });
            }};
}

}  // namespace gradproof::diagnosis
