// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake softmax_jacobian_taken_as_diagonal() {
    return {.slug = "softmax-jacobian-taken-as-diagonal",
            .explanation =
                "The softmax is treated as if each output depended on its own z alone. Its Jacobian is "
                "diag(p) - p p.T: every z moves every output.",
            .note = "derivations/activations/softmax.md (pull back)",
            .variants = {{{Step::dZ_output, Step::dZ},
                          "dZ{l} = dA{l} * A{l} * (1 - A{l})",
                          [](Step, const Situation& s) -> Attempts {
                              if (is_elementwise(s.activation())) return {};
                              const Tensor& p = s.A();
                              const Tensor diagonal = (p.array() * (1 - p.array())).matrix();
                              return {{s.dA().cwiseProduct(diagonal), "p (1 - p)"},
                                      {.value = s.dA().cwiseProduct(p),
                                       .detail = "without the mean that is subtracted",
                                       .line = "dZ{l} = dA{l} * A{l}"}};
                          }}}};
}

}  // namespace gradproof::diagnosis
