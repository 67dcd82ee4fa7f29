// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake mean_applied_twice() {
    return {
        .slug = "mean-applied-twice",
        .explanation =
            "The division by m is done two times. The mean over the examples is taken once: in dW and db, or in dZ "
            "from the output on.",
        .note = "derivations/network.md (dW)",
        .variants = {
            {{Step::dA_output, Step::dZ_output},
             "",
             [](Step step, const Situation& s) -> Attempts {
                 return {{.value = right_value(step, s) / s.m(), .line = with_right_formula(step, s, "(", ") / m")}};
             }},
            {{Step::dZ, Step::dA},
             "",
             [](Step step, const Situation& s) -> Attempts {
                 return {{.value = right_value(step, s) / s.m(), .line = with_right_formula(step, s, "(", ") / m")}};
             }},
            {{Step::dW},
             "dW{l} = dZ{l} @ A{p}.T{/m} / m{+L2}",
             [](Step, const Situation& s) -> Attempts {
                 Attempts attempts{{s.data_gradient() / s.m() + s.regularisation()}};
                 if (s.network.lambda != 0)
                     attempts.push_back({.value = (s.data_gradient() + s.regularisation()) / s.m(),
                                         .detail = "also in the regularisation",
                                         .line = "dW{l} = (dZ{l} @ A{p}.T{/m}{+L2}) / m"});
                 return attempts;
             }},
            {{Step::db},
             "db{l} = np.sum(dZ{l}, axis=1, keepdims=True){/m} / m",
             [](Step, const Situation& s) -> Attempts { return {{bias_gradient(s.dZ()) / s.m()}}; }},
        }};
}

}  // namespace gradproof::diagnosis
