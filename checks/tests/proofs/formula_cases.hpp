// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases of activations, losses and pairings.
void add_formula_cases();

}  // namespace gradproof::proof
