// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake error_without_sign() {
    return {
        .slug = "error-without-sign",
        .explanation =
            "The size of the error stands where the error belongs. Its sign says which way to go: A - Y, not |A - Y|.",
        .note = "derivations/output_layer.md (a minus y)",
        .variants = {{{Step::dZ_output}, "dZ2 = np.abs(A2 - Y)", [](Step step, const Situation& s) -> Attempts {
                          return {{right_value(step, s).cwiseAbs()}};
                      }}}};
}

}  // namespace gradproof::diagnosis
