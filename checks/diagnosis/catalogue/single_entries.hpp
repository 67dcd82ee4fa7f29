// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Seen by the pattern of the deviations, not by a formula.
inline Mistake single_entries() {
    return {.slug = "single-entries",
            .explanation =
                "A few entries are wrong and all others right. Look for an index, a mask or an assignment that "
                "touches only these.",
            .note = "derivations/network.md (dW)",
            .variants = {}};
}

}  // namespace gradproof::diagnosis
