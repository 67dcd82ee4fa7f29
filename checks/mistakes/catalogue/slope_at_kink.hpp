// SPDX-License-Identifier: MIT
#pragma once

#include "mistakes/mistake.hpp"

namespace gradproof::mistakes {

inline Mistake slope_at_kink() {
    return {.slug = "slope-at-kink",
            .explanation =
                "At Z = 0 exactly the slope of the right side is taken, where we take that of the left. Both "
                "are subgradients: this is another convention and no mistake.",
            .note = "derivations/activations/relu.md (derivative)",
            .variants = {{{Step::dZ_output, Step::dZ},
                          "dZ1 = dA1 * (Z1 >= 0)",
                          [](Step, const Situation& s) -> Attempts {
                              const std::string_view name = name_of(s.activation());
                              if (name != "relu" && name != "leaky_relu") return {};
                              if ((s.Z().array() != 0).all()) return {};
                              const Tensor right_side = s.Z().unaryExpr([](double z) { return z == 0 ? 1.0 : z; });
                              return {{s.dA().cwiseProduct(s.derivative_at(right_side))}};
                          }}},
            .is_convention = true};
}

}  // namespace gradproof::mistakes
