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
            .variants = {{{Step::db}, "db{l} = dZ{l}[:, :1]{*m}", [](Step, const Situation& s) -> Attempts {
                              const Tensor first = s.dZ().leftCols(1);
                              const Tensor last = s.dZ().rightCols(1);
                              return {
                                  {first, "the first example"},
                                  {.value = last, .detail = "the last example", .line = "db{l} = dZ{l}[:, -1:]{*m}"},
                                  {.value = first / s.m(),
                                   .detail = "the first example, divided by m",
                                   .line = "db{l} = dZ{l}[:, :1]{/m}"},
                                  {.value = last / s.m(),
                                   .detail = "the last example, divided by m",
                                   .line = "db{l} = dZ{l}[:, -1:]{/m}"}};
                          }}}};
}

}  // namespace gradproof::diagnosis
