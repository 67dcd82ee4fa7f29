// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake matrix_product_instead_of_elementwise() {
    return {.slug = "matrix-product-instead-of-elementwise",
            .explanation = "@ stands where * belongs, and the shapes happened to fit. dZ = dA * g'(Z) is elementwise.",
            .note = "derivations/network.md (dZ)",
            .variants = {{{Step::dZ_output, Step::dZ},
                          "dZ{l} = np.dot(dA{l}, {g'}(Z{l}))",
                          [](Step, const Situation& s) -> Attempts {
                              if (!is_elementwise(s.activation()) || s.Z().rows() != s.Z().cols()) return {};
                              const Tensor slope = s.derivative_at(s.Z());
                              return {{s.dA() * slope, "dA first"},
                                      {.value = slope * s.dA(),
                                       .detail = "g'(Z) first",
                                       .line = "dZ{l} = np.dot({g'}(Z{l}), dA{l})"}};
                          }}}};
}

}  // namespace gradproof::diagnosis
