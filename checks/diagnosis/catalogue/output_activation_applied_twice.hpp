// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake output_activation_applied_twice() {
    return {.slug = "output-activation-applied-twice",
            .explanation = "The output activation is applied to A, which has it already. dZ = A - Y takes A as it is.",
            .note = "derivations/output_layer.md (a minus y)",
            .variants = {{{Step::dZ_output}, "dZ{l} = {g}(A{l}) - Y", [](Step, const Situation& s) -> Attempts {
                              if (!s.is_canonical() || name_of(s.activation()) == "identity") return {};
                              return {{weighted<double>(s.network, activate(s.activation(), s.A()) - s.Y)}};
                          }}}};
}

}  // namespace gradproof::diagnosis
