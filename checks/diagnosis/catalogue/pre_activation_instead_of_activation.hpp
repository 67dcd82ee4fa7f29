// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake pre_activation_instead_of_activation() {
    return {.slug = "pre-activation-instead-of-activation",
            .explanation = "dW uses Z of the layer below where its A belongs. The layer's input is A_prev.",
            .note = "derivations/network.md (dW)",
            .variants = {{{Step::dW}, "dW{l} = dZ{l} @ Z{p}.T{/m}{+L2}", [](Step, const Situation& s) -> Attempts {
                              if (s.l < 2) return {};
                              return {{s.dZ() * s.cache.Z[s.l - 1].transpose() / s.m() + s.regularisation()}};
                          }}}};
}

}  // namespace gradproof::diagnosis
