// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake wrong_sign() {
    return {.slug = "wrong-sign",
            .explanation =
                "A sign is turned round, as in Y - A for A - Y. The gradient points uphill, and a step "
                "against it must make the cost smaller.",
            .note = "derivations/output_layer.md (a minus y)",
            .variants = {
                {{Step::dA_output, Step::dZ_output, Step::dZ, Step::dW, Step::db, Step::dA},
                 "",
                 [](Step step, const Situation& s) -> Attempts {
                     return {{.value = -right_value(step, s),
                              .line = step == Step::dZ_output && s.is_canonical()
                                          ? "dZ{l} = Y - A{l}"
                                          : with_right_formula(step, s, "-(", ")")}};
                 }},
                {{Step::dA_output},
                 "dA{l} = -(Y / A{l} + (1 - Y) / (1 - A{l}))",
                 [](Step, const Situation& s) -> Attempts {
                     if (name_of(s.network.loss) != "binary_cross_entropy") return {};
                     const auto [A, Y] = std::pair(s.A().array(), s.Y.array());
                     return {{weighted<double>(s.network, -(Y / A + (1 - Y) / (1 - A)).matrix()),
                              "of the second term of dA"}};
                 }},
                {{Step::dW},
                 "dW{l} = dZ{l} @ A{p}.T{/m} - {L2} * W{l}",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.network.lambda == 0) return {};
                     return {{s.data_gradient() - s.regularisation(), "of the regularisation"}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
