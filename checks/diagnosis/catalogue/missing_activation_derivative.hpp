// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake missing_activation_derivative() {
    return {.slug = "missing-activation-derivative",
            .explanation =
                "dA is passed on as dZ, without the slope of the activation. By the chain rule dZ = dA * g'(Z), "
                "elementwise; for softmax it is the transposed Jacobian times dA.",
            .note = "derivations/network.md (dZ)",
            .variants = {{{Step::dZ_output, Step::dZ}, "dZ{l} = dA{l}", [](Step, const Situation& s) -> Attempts {
                              return {{s.dA()}};
                          }}}};
}

}  // namespace gradproof::diagnosis
