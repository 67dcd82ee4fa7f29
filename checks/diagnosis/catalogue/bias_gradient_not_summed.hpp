// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake bias_gradient_not_summed() {
    return {.slug = "bias-gradient-not-summed",
            .explanation =
                "db is dZ of one example, not the mean over all. The bias acts on every example, so all of "
                "them add to its gradient.",
            .note = "derivations/network.md (db)",
            .variants = {{{Step::db}, "db1 = dZ1[:, :1]", [](Step, const Situation& s) -> Attempts {
                              const Tensor first = s.dZ().leftCols(1);
                              const Tensor last = s.dZ().rightCols(1);
                              return {{first, "the first example"},
                                      {last, "the last example"},
                                      {first / s.m(), "the first example, divided by m"},
                                      {last / s.m(), "the last example, divided by m"}};
                          }}}};
}

}  // namespace gradproof::diagnosis
