// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake extra_factor() {
    return {.slug = "extra-factor",
            .explanation =
                "dZ is multiplied by Z or A once more. dZ = dA * g'(Z), or the "
                "transposed Jacobian of softmax times dA, has no other factor.",
            .note = "derivations/network.md (dZ)",
            .variants = {{{Step::dZ_output, Step::dZ},
                          "dZ1 = dA1 * (1 - A1**2) * Z1",
                          [](Step step, const Situation& s) -> Attempts {
                              const Tensor right = right_value(step, s);
                              return {{right.cwiseProduct(s.Z()), "Z"}, {right.cwiseProduct(s.A()), "A"}};
                          }}}};
}

}  // namespace gradproof::diagnosis
