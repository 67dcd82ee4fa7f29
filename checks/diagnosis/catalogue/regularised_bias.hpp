// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake regularised_bias() {
    return {.slug = "regularised-bias",
            .explanation =
                "db has an L2 term. The cost regularises the weights only, so db is the mean of dZ and "
                "nothing else.",
            .note = "derivations/network.md (db)",
            .variants = {{{Step::db},
                          "db1 = np.mean(dZ1, axis=1, keepdims=True) + lambd / m",
                          [](Step, const Situation& s) -> Attempts {
                              if (s.network.lambda == 0) return {};
                              const double added = s.network.lambda / s.m();
                              return {{Tensor(bias_gradient(s.dZ()).array() + added), "lambda/m for every bias"}};
                          }},
                         {{Step::db},
                          "db1 = np.mean(dZ1, axis=1, keepdims=True) + lambd / m * b1",
                          [](Step, const Situation& s) -> Attempts {
                              if (s.network.lambda == 0) return {};
                              const Tensor b = s.network.layer(s.l).dense.b;
                              return {{bias_gradient(s.dZ()) + b * (s.network.lambda / s.m())}};
                          }}}};
}

}  // namespace gradproof::diagnosis
