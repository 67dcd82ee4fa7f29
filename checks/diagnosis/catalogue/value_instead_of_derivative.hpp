// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake value_instead_of_derivative() {
    return {
        .slug = "value-instead-of-derivative",
        .explanation =
            "The activation itself stands where its derivative belongs. Elementwise, dZ = dA * g'(Z), not dA * g(Z).",
        .note = "derivations/network.md (dZ)",
        .variants = {
            {{Step::dZ_output, Step::dZ}, "dZ{l} = dA{l} * {g}(Z{l})", [](Step, const Situation& s) -> Attempts {
                 if (!is_elementwise(s.activation())) return {};
                 return {{s.dA().cwiseProduct(s.A())}};
             }}}};
}

}  // namespace gradproof::diagnosis
