// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::npz {

void add_header_cases();
void add_array_cases();
void add_damage_cases();

}  // namespace gradproof::npz
