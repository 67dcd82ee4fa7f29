// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases that compare tagged formulas of the notes with lib's functions, as formulas.
void add_tie_cases();

}  // namespace gradproof::proof
