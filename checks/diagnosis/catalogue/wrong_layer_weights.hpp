// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake wrong_layer_weights() {
    return {.slug = "wrong-layer-weights",
            .explanation =
                "The gradient is passed down through another layer's weights. dA of layer l comes from the "
                "weights of layer l + 1.",
            .note = "derivations/network.md (dA)",
            .variants = {{{Step::dA}, "dA{l} = W{k}.T @ dZ{n}", [](Step, const Situation& s) -> Attempts {
                              Attempts attempts;
                              for (std::size_t k = 1; k <= s.L(); ++k) {
                                  const Tensor& W = s.network.layer(k).dense.W;
                                  if (k == s.l + 1 || W.rows() != s.W_next().rows() || W.cols() != s.W_next().cols())
                                      continue;
                                  attempts.push_back({.value = W.transpose() * s.dZ_next(),
                                                      .detail = "with W" + std::to_string(k),
                                                      .filling = std::to_string(k)});
                              }
                              return attempts;
                          }}}};
}

}  // namespace gradproof::diagnosis
