// SPDX-License-Identifier: MIT
#include "tests/differences/dense/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_course_size_cases();
    add_directional_cases();
    add_forward_cases();
    add_hessian_cases();
    add_lane_cases();
    add_last_resort_cases();
    add_sharing_cases();
}
