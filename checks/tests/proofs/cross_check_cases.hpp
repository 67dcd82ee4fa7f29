// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases that compare tagged formulas of the notes with lib's functions, as formulas.
void add_cross_check_cases();

}  // namespace gradproof::proof
