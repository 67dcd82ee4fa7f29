// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake relu_derivative_at_wrong_side() {
    return {.slug = "relu-derivative-at-wrong-side",
            .explanation =
                "The branches of the derivative are swapped, or chosen by the wrong number. The slope is "
                "that of the side on which Z lies.",
            .note = "derivations/activations/relu.md (derivative)",
            .variants = {
                {{Step::dZ_output, Step::dZ}, "dZ{l} = dA{l} * {g'}(-Z{l})", [](Step, const Situation& s) -> Attempts {
                     const std::string_view name = name_of(s.activation());
                     if (name != "relu" && name != "leaky_relu") return {};
                     return {{s.dA().cwiseProduct(s.derivative_at(-s.Z())), "Z < 0 for Z > 0"},
                             {.value = s.dA().cwiseProduct(s.derivative_at(s.dA())),
                              .detail = "the sign of dA for that of Z",
                              .line = "dZ{l} = dA{l} * {g'}(dA{l})"}};
                 }}}};
}

}  // namespace gradproof::diagnosis
