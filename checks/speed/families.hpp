// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::checks {

void add_course_size_cases();
void add_forward_cases();
void add_lane_cases();
void add_last_resort_cases();
void add_sharing_cases();

}  // namespace gradproof::checks
