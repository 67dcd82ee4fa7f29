// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake bias_gradient_from_weight_gradient() {
    return {.slug = "bias-gradient-from-weight-gradient",
            .explanation =
                "db sums dW, where it must sum dZ. The two have the same number of rows, so no shape "
                "complains.",
            .note = "derivations/network.md (db)",
            .variants = {
                {{Step::db}, "db1 = np.sum(dW1, axis=1, keepdims=True) / m", [](Step, const Situation& s) -> Attempts {
                     const Tensor sum = s.before.dW[s.l].rowwise().sum();
                     return {{sum, "without 1/m"}, {sum / s.m(), "with 1/m"}};
                 }}}};
}

}  // namespace gradproof::diagnosis
