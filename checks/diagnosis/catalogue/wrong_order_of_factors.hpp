// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake wrong_order_of_factors() {
    return {.slug = "wrong-order-of-factors",
            .explanation =
                "The two factors of a matrix product are exchanged, which equal sizes let pass. "
                "Layers of different sizes would not.",
            .note = "derivations/network.md (dA)",
            .variants = {
                {{Step::dA},
                 "dA{l} = dZ{n} @ W{n}",
                 [](Step, const Situation& s) -> Attempts {
                     const Tensor& W = s.W_next();
                     if (W.rows() != W.cols() || W.rows() != s.Y.cols()) return {};
                     return {{s.dZ_next() * W},
                             {.value = s.dZ_next() * W.transpose(),
                              .detail = "and W transposed",
                              .line = "dA{l} = dZ{n} @ W{n}.T"}};
                 }},
                {{Step::dW},
                 "dW{l} = A{p}.T @ dZ{l}{/m}{+L2}",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.W().rows() != s.W().cols() || s.W().rows() != s.Y.cols()) return {};
                     return {{s.A_prev().transpose() * s.dZ() / s.m() + s.regularisation()}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
