// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake dA_instead_of_dZ() {
    return {.slug = "dA-instead-of-dZ",
            .explanation =
                "dA is used where dZ belongs, while dZ itself is right. dW, db and dA_prev all come from "
                "dZ, which has g'(Z) in it.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dW},
                 "dW1 = dA1 @ X.T / m",
                 [](Step, const Situation& s) -> Attempts {
                     return {{weight_gradient(s.dA(), s.A_prev(), s.W(), s.network.lambda)}};
                 }},
                {{Step::db},
                 "db1 = np.sum(dA1, axis=1, keepdims=True) / m",
                 [](Step, const Situation& s) -> Attempts { return {{bias_gradient(s.dA())}}; }},
                {{Step::dA},
                 "dA1 = W2.T @ dA2",
                 [](Step, const Situation& s) -> Attempts {
                     return {{Dense<double>::dA_prev(s.W_next(), s.before.dA[s.l + 1])}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
