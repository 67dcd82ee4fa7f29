// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases that compare the tagged formulas of the note on the network with lib's passes, as formulas.
void add_network_cross_check_cases();

}  // namespace gradproof::proof
