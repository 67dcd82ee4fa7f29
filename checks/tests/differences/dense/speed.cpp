// SPDX-License-Identifier: MIT
#include "tests/differences/dense/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_course_size_cases();
    add_extended_precision_cases();
    add_forward_cases();
    add_spot_check_cases();
    add_sums_over_units_cases();
}
