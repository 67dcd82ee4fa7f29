// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake missing_regularisation() {
    return {.slug = "missing-regularisation",
            .explanation =
                "The cost has an L2 term whose gradient is missing here. Add it, or take the term out of the cost.",
            .note = "derivations/network.md (dW)",
            .variants = {{{Step::dW}, "dW{l} = dZ{l} @ A{p}.T{/m}", [](Step, const Situation& s) -> Attempts {
                              if (s.network.lambda == 0) return {};
                              return {{s.data_gradient()}};
                          }}}};
}

}  // namespace gradproof::diagnosis
