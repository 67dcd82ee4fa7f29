// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake unexpected_regularisation() {
    return {
        .slug = "unexpected-regularisation",
        .explanation =
            "dW contains a multiple of W, as with L2 regularisation, but the check was told of none. "
            "Pass --lambda if the cost has the term, or drop it from dW.",
        .note = "derivations/network.md (dW)",
        .variants = {
            {{Step::dW}, "dW{l} = dZ{l} @ A{p}.T{/m} + {theta of W} * W{l}", [](Step, const Situation& s) -> Attempts {
                 if (s.network.lambda != 0) return {};
                 return {{s.data_gradient(), "the factor of W", s.W(), {0}}};
             }}}};
}

}  // namespace gradproof::diagnosis
