// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake output_derivative_applied_twice() {
    return {.slug = "output-derivative-applied-twice",
            .explanation =
                "g'(Z) of the output layer is multiplied in although it is in already. A - Y is dZ, not dA: "
                "for a canonical pairing g' has cancelled.",
            .note = "derivations/output_layer.md (a minus y)",
            .variants = {{{Step::dZ_output}, "", [](Step step, const Situation& s) -> Attempts {
                              return {{.value = pull_back(s.activation(), s.Z(), right_value(step, s)),
                                       .line = is_elementwise(s.activation())
                                                   ? with_right_formula(step, s, "(", ") * {g'}(Z{l})")
                                                   : ""}};
                          }}}};
}

}  // namespace gradproof::diagnosis
