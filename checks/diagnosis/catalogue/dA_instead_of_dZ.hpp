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
                 "dW{l} = dA{l} @ A{p}.T{/m}{+L2}",
                 [](Step, const Situation& s) -> Attempts {
                     return {{weight_gradient(s.dA(), s.A_prev(), s.W(), s.network.lambda)}};
                 }},
                {{Step::db},
                 "db{l} = np.sum(dA{l}, axis=1, keepdims=True){/m}",
                 [](Step, const Situation& s) -> Attempts { return {{bias_gradient(s.dA())}}; }},
                {{Step::dA},
                 "dA{l} = W{n}.T @ dA{n}",
                 [](Step, const Situation& s) -> Attempts {
                     return {{Dense<double>::dA_prev(s.W_next(), s.before.dA[s.l + 1])}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
