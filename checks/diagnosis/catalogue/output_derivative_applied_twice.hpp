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
            .variants = {
                {{Step::dZ_output}, "dZ2 = (A2 - Y) * A2 * (1 - A2)", [](Step step, const Situation& s) -> Attempts {
                     return {{pull_back(s.activation(), s.Z(), right_value(step, s))}};
                 }}}};
}

}  // namespace gradproof::diagnosis
