// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Seen by the size of the deviations, not by a formula.
inline Mistake float32_precision() {
    return {.slug = "float32-precision",
            .explanation =
                "The numbers are right as far as float32 carries, about seven digits. Compute in float64 "
                "while you check: X.astype(np.float64), and the parameters too.",
            .note = "derivations/finite_differences.md",
            .variants = {}};
}

}  // namespace gradproof::diagnosis
