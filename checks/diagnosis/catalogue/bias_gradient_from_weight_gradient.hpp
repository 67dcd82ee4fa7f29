// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake bias_gradient_from_weight_gradient() {
    return {.slug = "bias-gradient-from-weight-gradient",
            .explanation = "db sums dW, where it must sum dZ. Both have one line a unit, so no shape complains.",
            .note = "derivations/network.md (db)",
            .variants = {
                {{Step::db}, "db{l} = np.sum(dW{l}, axis=1, keepdims=True)", [](Step, const Situation& s) -> Attempts {
                     const Tensor sum = s.before.dW[s.l].rowwise().sum();
                     return {{sum, "without 1/m"},
                             {.value = sum / s.m(),
                              .detail = "with 1/m",
                              .line = "db{l} = np.sum(dW{l}, axis=1, keepdims=True) / m"}};
                 }}}};
}

}  // namespace gradproof::diagnosis
