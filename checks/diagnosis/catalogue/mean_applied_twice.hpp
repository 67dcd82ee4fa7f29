// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake mean_applied_twice() {
    return {.slug = "mean-applied-twice",
            .explanation =
                "The division by m is done two times. The mean over the examples is taken once: in dW and db, or in dZ "
                "from the output on.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dA_output, Step::dZ_output},
                 "dZ2 = (A2 - Y) / m",
                 [](Step step, const Situation& s) -> Attempts { return {{right_value(step, s) / s.m()}}; }},
                {{Step::dZ, Step::dA},
                 "dA1 = W2.T @ dZ2 / m",
                 [](Step step, const Situation& s) -> Attempts { return {{right_value(step, s) / s.m()}}; }},
                {{Step::dW},
                 "dW1 = dZ1 @ X.T / m / m",
                 [](Step, const Situation& s) -> Attempts {
                     Attempts attempts{{s.data_gradient() / s.m() + s.regularisation()}};
                     if (s.network.lambda != 0)
                         attempts.push_back(
                             {(s.data_gradient() + s.regularisation()) / s.m(), "also in the regularisation"});
                     return attempts;
                 }},
                {{Step::db},
                 "db1 = np.mean(dZ1, axis=1, keepdims=True) / m",
                 [](Step, const Situation& s) -> Attempts { return {{bias_gradient(s.dZ()) / s.m()}}; }},
            }};
}

}  // namespace gradproof::diagnosis
