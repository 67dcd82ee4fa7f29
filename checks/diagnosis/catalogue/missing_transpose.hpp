// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake missing_transpose() {
    return {.slug = "missing-transpose",
            .explanation =
                "A matrix is used without its transpose, which square shapes let pass. "
                "Layers of different sizes would not.",
            .note = "derivations/network.md (dA)",
            .variants = {
                {{Step::dA},
                 "dA{l} = W{n} @ dZ{n}",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.W_next().rows() != s.W_next().cols()) return {};
                     return {{s.W_next() * s.dZ_next()}};
                 }},
                {{Step::dW},
                 "dW{l} = (dZ{l} @ A{p}.T{/m}).T{+L2}",
                 [](Step, const Situation& s) -> Attempts {
                     Attempts attempts;
                     const auto [n, n_prev] = std::pair(s.W().rows(), s.W().cols());
                     if (n == n_prev) attempts.push_back({s.data_gradient().transpose() + s.regularisation()});
                     if (s.Y.cols() == n_prev)
                         attempts.push_back({.value = s.dZ() * s.A_prev() / s.m() + s.regularisation(),
                                             .detail = "of A_prev",
                                             .line = "dW{l} = dZ{l} @ A{p}{/m}{+L2}"});
                     if (s.Y.cols() == n)
                         attempts.push_back(
                             {.value = s.dZ().transpose() * s.A_prev().transpose() / s.m() + s.regularisation(),
                              .detail = "on dZ too much",
                              .line = "dW{l} = dZ{l}.T @ A{p}.T{/m}{+L2}"});
                     return attempts;
                 }},
            }};
}

}  // namespace gradproof::diagnosis
