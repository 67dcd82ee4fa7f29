// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake assigned_instead_of_accumulated() {
    return {.slug = "assigned-instead-of-accumulated",
            .explanation =
                "A loop over the examples writes = where += belongs, so only the last example is left. The "
                "gradient sums over all m of them.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dW},
                 "dW{l} = dZ{l}[:, -1:] @ A{p}[:, -1:].T{/m}{+L2}",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.Y.cols() < 2) return {};
                     const Tensor last = s.dZ().rightCols(1) * s.A_prev().rightCols(1).transpose();
                     return {{last / s.m() + s.regularisation(), "divided by m"},
                             {.value = last + s.regularisation(),
                              .detail = "not divided by m",
                              .line = "dW{l} = dZ{l}[:, -1:] @ A{p}[:, -1:].T{*m}{+L2}"}};
                 }},
                {{Step::db},
                 "db{l} = dZ{l}[:, -1:]{/m}",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.Y.cols() < 2) return {};
                     const Tensor last = s.dZ().rightCols(1);
                     return {{last / s.m(), "divided by m"},
                             {.value = last, .detail = "not divided by m", .line = "db{l} = dZ{l}[:, -1:]{*m}"}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
