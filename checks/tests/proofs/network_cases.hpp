// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases of whole networks, and of backward passes that are wrong on purpose.
void add_network_cases();

}  // namespace gradproof::proof
