// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake missing_mean() {
    return {.slug = "missing-mean",
            .explanation =
                "The sum over the examples is not divided by m. The cost is a mean, so its gradients dW and "
                "db are means too.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dW},
                 "dW{l} = dZ{l} @ A{p}.T{*m}{+L2}",
                 [](Step, const Situation& s) -> Attempts {
                     Attempts attempts{{s.data_gradient() * s.m() + s.regularisation()}};
                     if (s.network.lambda != 0)
                         attempts.push_back({.value = (s.data_gradient() + s.regularisation()) * s.m(),
                                             .detail = "also in the regularisation",
                                             .line = "dW{l} = (dZ{l} @ A{p}.T{/m}{+L2}) * m"});
                     return attempts;
                 }},
                {{Step::db},
                 "db{l} = np.sum(dZ{l}, axis=1, keepdims=True){*m}",
                 [](Step, const Situation& s) -> Attempts { return {{bias_gradient(s.dZ()) * s.m()}}; }},
            }};
}

}  // namespace gradproof::diagnosis
