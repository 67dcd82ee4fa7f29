// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake activation_derivative_applied_twice() {
    return {
        .slug = "activation-derivative-applied-twice",
        .explanation = "The slope of a hidden layer's activation is multiplied in two times. dZ = dA * g'(Z), once.",
        .note = "derivations/network.md (dZ)",
        .variants = {
            {{Step::dZ}, "dZ{l} = dA{l} * {g'}(Z{l}) * {g'}(Z{l})", [](Step step, const Situation& s) -> Attempts {
                 return {{pull_back(s.activation(), s.Z(), right_value(step, s))}};
             }}}};
}

}  // namespace gradproof::diagnosis
