// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"
#include "gradproof/activations/exponential.hpp"
#include "gradproof/activations/identity.hpp"

namespace gradproof::diagnosis {

/// Whose slopes may stand at an elementwise activation by mistake. The identity's 1 is missing-activation-derivative.
inline std::vector<AnyActivation> others_with_slopes(const Situation& s) {
    std::vector<AnyActivation> others;
    if (!is_elementwise(s.activation())) return others;
    for (const AnyActivation& other : all_activations())
        if (is_elementwise(other) && !other.is<Identity>() && name_of(other) != name_of(s.activation()))
            others.push_back(other);
    return others;
}

inline Mistake derivative_of_another_activation() {
    return {.slug = "derivative-of-another-activation",
            .explanation =
                "g' belongs to another activation than the forward pass uses. Forward and backward must "
                "agree on g, layer by layer.",
            .note = "derivations/network.md (dZ)",
            .variants = {{{Step::dZ_output, Step::dZ},
                          "dZ{l} = dA{l} * {k}'(Z{l})",
                          [](Step, const Situation& s) -> Attempts {
                              Attempts attempts;
                              for (const AnyActivation& other : others_with_slopes(s)) {
                                  const Tensor slope = derivative_of(other, s.Z());
                                  // The same slope everywhere, such as the 1/6 of hard_sigmoid, is
                                  // missing-activation-derivative and a factor.
                                  if (slope.size() > 1 && (slope.array() == slope(0)).all()) continue;
                                  attempts.push_back({.value = s.dA().cwiseProduct(slope),
                                                      .detail = "that of " + name_of(other),
                                                      .filling = std::string(other.facts().slug)});
                              }
                              return attempts;
                          }},
                         {{Step::dZ_output, Step::dZ},
                          "",
                          // The slope of another activation at the value, as a(1 - a) on a linear output.
                          [](Step, const Situation& s) -> Attempts {
                              Attempts attempts;
                              for (const AnyActivation& other : others_with_slopes(s)) {
                                  const auto g = other.on<double>();
                                  // The exponential's a is value-instead-of-derivative.
                                  if (other.is<Exponential>() || !g.has_derivative_from_value()) continue;
                                  const Tensor slope =
                                      s.A().unaryExpr([&g](double a) -> double { return g.derivative_from_value(a); });
                                  // A slope of 1 everywhere is missing-activation-derivative.
                                  if ((slope.array() == 1).all()) continue;
                                  attempts.push_back({.value = s.dA().cwiseProduct(slope),
                                                      .detail = "that of " + name_of(other) + ", taken from A",
                                                      .line = with_slope_from_value(other, "A{l}")});
                              }
                              return attempts;
                          }}}};
}

}  // namespace gradproof::diagnosis
