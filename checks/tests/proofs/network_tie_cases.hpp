// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases that compare the tagged formulas of the note on the network with lib's passes, as formulas.
void add_network_tie_cases();

}  // namespace gradproof::proof
