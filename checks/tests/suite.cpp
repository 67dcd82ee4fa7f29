// SPDX-License-Identifier: MIT
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_difference_cases();
    add_hard_network_cases();
    add_mutant_cases();
    add_outside_value_cases();
    add_random_network_cases();
}
