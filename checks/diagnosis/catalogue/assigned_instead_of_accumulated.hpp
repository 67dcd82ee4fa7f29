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
                 "for i in range(m): dW1 = dZ1[:, i:i+1] @ X[:, i:i+1].T / m",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.Y.cols() < 2) return {};
                     const Tensor last = s.dZ().rightCols(1) * s.A_prev().rightCols(1).transpose();
                     return {{last / s.m() + s.regularisation(), "divided by m"},
                             {last + s.regularisation(), "not divided by m"}};
                 }},
                {{Step::db},
                 "for i in range(m): db1 = dZ1[:, i:i+1] / m",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.Y.cols() < 2) return {};
                     const Tensor last = s.dZ().rightCols(1);
                     return {{last / s.m(), "divided by m"}, {last, "not divided by m"}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
