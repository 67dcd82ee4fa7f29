// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake regularised_bias() {
    return {.slug = "regularised-bias",
            .explanation =
                "db has an L2 term, but the cost has the squares of the weights alone. "
                "What is not in the cost has no gradient.",
            .note = "derivations/network.md (db)",
            .variants = {{{Step::db},
                          "db{l} = np.sum(dZ{l}, axis=1, keepdims=True){/m} + {L2}",
                          [](Step, const Situation& s) -> Attempts {
                              if (s.network.lambda == 0) return {};
                              const double added = s.network.lambda / s.m();
                              return {{Tensor(bias_gradient(s.dZ()).array() + added), "lambda/m for every bias"}};
                          }},
                         {{Step::db},
                          "db{l} = np.sum(dZ{l}, axis=1, keepdims=True){/m} + {L2} * b{l}",
                          [](Step, const Situation& s) -> Attempts {
                              if (s.network.lambda == 0) return {};
                              const Tensor b = s.network.layer(s.l).dense.b;
                              return {{bias_gradient(s.dZ()) + b * (s.network.lambda / s.m())}};
                          }}}};
}

}  // namespace gradproof::diagnosis
