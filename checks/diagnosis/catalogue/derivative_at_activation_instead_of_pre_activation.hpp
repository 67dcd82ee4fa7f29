// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake derivative_at_activation_instead_of_pre_activation() {
    return {.slug = "derivative-at-activation-instead-of-pre-activation",
            .explanation =
                "g' is taken at A instead of Z, so the activation is applied once too often. g'(Z) is a "
                "function of the pre-activation; from A it is another formula.",
            .note = "derivations/network.md (dZ)",
            .variants = {
                {{Step::dZ_output, Step::dZ}, "dZ{l} = dA{l} * {g'}(A{l})", [](Step, const Situation& s) -> Attempts {
                     if (!is_elementwise(s.activation())) return {};
                     return {{s.dA().cwiseProduct(s.derivative_at(s.A()))}};
                 }}}};
}

}  // namespace gradproof::diagnosis
