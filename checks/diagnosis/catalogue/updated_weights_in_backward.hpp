// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake updated_weights_in_backward() {
    return {.slug = "updated-weights-in-backward",
            .explanation =
                "The weights were updated before the gradient was passed down through them. Compute all "
                "gradients first, then update.",
            .note = "derivations/network.md (dA)",
            .variants = {{{Step::dA},
                          "dA{l} = (W{n} - {theta of dW} * dW{n}).T @ dZ{n}",
                          [](Step step, const Situation& s) -> Attempts {
                              return {{right_value(step, s),
                                       "with the learning rate",
                                       -(s.before.dW[s.l + 1].transpose() * s.dZ_next()),
                                       {0}}};
                          }}}};
}

}  // namespace gradproof::diagnosis
