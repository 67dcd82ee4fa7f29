// SPDX-License-Identifier: MIT
#include "cases/tree.hpp"
#include "speed/families.hpp"

void gradproof::checks::add_all_cases() {
    add_course_size_cases();
    add_extended_precision_cases();
    add_forward_cases();
    add_sharing_cases();
    add_spot_check_cases();
}
