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
            .variants = {{{Step::dZ_output, Step::dZ}, "", [](Step step, const Situation& s) -> Attempts {
                              const Tensor right = right_value(step, s);
                              return {{.value = right.cwiseProduct(s.Z()),
                                       .detail = "Z",
                                       .line = with_right_formula(step, s, "(", ") * Z{l}")},
                                      {.value = right.cwiseProduct(s.A()),
                                       .detail = "A",
                                       .line = with_right_formula(step, s, "(", ") * A{l}")}};
                          }}}};
}

}  // namespace gradproof::diagnosis
