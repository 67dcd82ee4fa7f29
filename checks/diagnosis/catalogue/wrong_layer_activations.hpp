// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake wrong_layer_activations() {
    return {.slug = "wrong-layer-activations",
            .explanation =
                "dW uses the activations of another layer. dW of layer l is dZ of layer l times A of layer "
                "l - 1.",
            .note = "derivations/network.md (dW)",
            .variants = {{{Step::dW}, "dW{l} = dZ{l} @ A{k}.T{/m}{+L2}", [](Step, const Situation& s) -> Attempts {
                              Attempts attempts;
                              for (std::size_t k = 0; k <= s.L(); ++k) {
                                  const Tensor& A = s.cache.A[k];
                                  if (k == s.l - 1 || A.rows() != s.A_prev().rows()) continue;
                                  attempts.push_back({.value = s.dZ() * A.transpose() / s.m() + s.regularisation(),
                                                      .detail = "with A" + std::to_string(k),
                                                      .filling = std::to_string(k)});
                              }
                              return attempts;
                          }}}};
}

}  // namespace gradproof::diagnosis
