// SPDX-License-Identifier: MIT
#include "tests/differences/functions/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_kind_cases();
    add_random_function_cases();
}
