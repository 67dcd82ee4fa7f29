// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake shortcut_without_canonical_pairing() {
    return {.slug = "shortcut-without-canonical-pairing",
            .explanation =
                "dZ = A - Y is used for an output activation and loss that are not canonical together. Here "
                "dZ = dA * g'(Z) has to be written out, or for softmax the transposed Jacobian times dA.",
            .note = "derivations/canonical_pairings.md",
            .variants = {{{Step::dZ_output}, "dZ{l} = A{l} - Y", [](Step, const Situation& s) -> Attempts {
                              if (s.is_canonical()) return {};
                              return {{weighted<double>(s.network, s.A() - s.Y)}};
                          }}}};
}

}  // namespace gradproof::diagnosis
