// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::checks {

void add_kind_cases();
void add_random_function_cases();

}  // namespace gradproof::checks
