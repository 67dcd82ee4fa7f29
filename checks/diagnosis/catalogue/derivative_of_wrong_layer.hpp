// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake derivative_of_wrong_layer() {
    return {.slug = "derivative-of-wrong-layer",
            .explanation =
                "g' is taken at another layer's pre-activations. dZ of a layer needs the Z of the same "
                "layer.",
            .note = "derivations/network.md (dZ)",
            .variants = {
                {{Step::dZ_output, Step::dZ}, "dZ{l} = dA{l} * {g'}(Z{k})", [](Step, const Situation& s) -> Attempts {
                     Attempts attempts;
                     if (!is_elementwise(s.activation())) return attempts;
                     for (std::size_t k = 1; k <= s.L(); ++k) {
                         if (k == s.l || s.cache.Z[k].rows() != s.Z().rows()) continue;
                         attempts.push_back({.value = s.dA().cwiseProduct(s.derivative_at(s.cache.Z[k])),
                                             .detail = "with Z" + std::to_string(k),
                                             .filling = std::to_string(k)});
                     }
                     return attempts;
                 }}}};
}

}  // namespace gradproof::diagnosis
