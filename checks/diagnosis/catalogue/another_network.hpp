// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Seen by trying the other activations and losses.
inline Mistake another_network() {
    return {.slug = "another-network",
            .explanation =
                "The gradients are right, for another network than the check was told of. Pass the activations "
                "and the loss that the forward pass really uses.",
            .note = "derivations/network.md (cost)",
            .variants = {}};
}

}  // namespace gradproof::diagnosis
