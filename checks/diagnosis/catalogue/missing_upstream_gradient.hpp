// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake missing_upstream_gradient() {
    return {.slug = "missing-upstream-gradient",
            .explanation =
                "The derivative of the activation is returned alone, without the gradient that came from "
                "above. By the chain rule dZ = dA * g'(Z), elementwise.",
            .note = "derivations/network.md (dZ)",
            .variants = {{{Step::dZ_output, Step::dZ}, "dZ{l} = {g'}(Z{l})", [](Step, const Situation& s) -> Attempts {
                              if (!is_elementwise(s.activation())) return {};
                              return {{s.derivative_at(s.Z()) / s.scale.of_examples}};
                          }}}};
}

}  // namespace gradproof::diagnosis
