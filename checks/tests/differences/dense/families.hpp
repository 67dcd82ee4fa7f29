// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::checks {

void add_course_size_cases();
void add_extended_precision_cases();
void add_forward_cases();
void add_spot_check_cases();
void add_sums_over_units_cases();

}  // namespace gradproof::checks
