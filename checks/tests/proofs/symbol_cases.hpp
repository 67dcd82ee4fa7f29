// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases of the field of formulas and its scalar.
void add_symbol_cases();

}  // namespace gradproof::proof
