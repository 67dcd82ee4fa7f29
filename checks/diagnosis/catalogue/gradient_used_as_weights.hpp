// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake gradient_used_as_weights() {
    return {.slug = "gradient-used-as-weights",
            .explanation =
                "dW stands where W belongs when the gradient is passed down. The weights carried A forward, so they "
                "carry dZ back.",
            .note = "derivations/network.md (dA)",
            .variants = {{{Step::dA}, "dA{l} = dW{n}.T @ dZ{n}", [](Step, const Situation& s) -> Attempts {
                              return {{s.before.dW[s.l + 1].transpose() * s.dZ_next() * s.scale.of_parameters}};
                          }}}};
}

}  // namespace gradproof::diagnosis
