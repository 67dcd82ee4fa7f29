// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Seen by taking the gradient of one place alone.
inline Mistake shared_weights_at_one_place() {
    return {.slug = "shared-weights-at-one-place",
            .explanation =
                "Two layers share these weights, but their gradient is that of one of the places. It is the sum of "
                "both.",
            .note = "derivations/network.md (dW)",
            .variants = {}};
}

}  // namespace gradproof::diagnosis
