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
            .variants = {
                {{Step::dZ_output, Step::dZ}, "dZ2 = dA2 * A2 * (1 - A2)", [](Step, const Situation& s) -> Attempts {
                     if (is_elementwise(s.activation())) return {};
                     const Tensor& p = s.A();
                     const Tensor diagonal = (p.array() * (1 - p.array())).matrix();
                     return {{s.dA().cwiseProduct(diagonal), "p (1 - p)"},
                             {s.dA().cwiseProduct(p), "without the mean that is subtracted"}};
                 }}}};
}

}  // namespace gradproof::diagnosis
