// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Adds the cases of the engines that prove and certify claims of notes.
void add_engine_cases();

}  // namespace gradproof::proof
