// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Seen in the forward pass, or by taking an update back.
inline Mistake stale_cache() {
    return {.slug = "stale-cache",
            .explanation =
                "The numbers belong to other parameters than those in the file, or to an older forward "
                "pass. Save parameters, cache and gradients of the same moment, before the update.",
            .note = "derivations/network.md (Z)",
            .variants = {}};
}

}  // namespace gradproof::diagnosis
