// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake derivative_from_value_at_pre_activation() {
    return {.slug = "derivative-from-value-at-pre-activation",
            .explanation =
                "The formula of g' for the value A, such as 1 - A**2, is fed with Z. Either put A in, or "
                "apply the activation to Z first.",
            .note = "derivations/network.md (dZ)",
            .variants = {{{Step::dZ_output, Step::dZ}, "", [](Step, const Situation& s) -> Attempts {
                              const auto g = s.activation().on<double>();
                              if (!g.has_derivative_from_value()) return {};
                              const Tensor slope =
                                  s.Z().unaryExpr([&g](double z) -> double { return g.derivative_from_value(z); });
                              return {{.value = s.dA().cwiseProduct(slope),
                                       .line = with_slope_from_value(s.activation(), "Z{l}")}};
                          }}}};
}

}  // namespace gradproof::diagnosis
