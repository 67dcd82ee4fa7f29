// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake missing_regularisation() {
    return {.slug = "missing-regularisation",
            .explanation = "The cost has an L2 term, but dW lacks its gradient. Add (lambda / m) * W.",
            .note = "derivations/network.md (dW)",
            .variants = {{{Step::dW}, "dW1 = dZ1 @ X.T / m", [](Step, const Situation& s) -> Attempts {
                              if (s.network.lambda == 0) return {};
                              return {{s.data_gradient()}};
                          }}}};
}

}  // namespace gradproof::diagnosis
