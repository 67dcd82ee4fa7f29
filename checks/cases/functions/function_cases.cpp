// SPDX-License-Identifier: MIT
#include "cases/functions/families.hpp"
#include "cases/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_kind_cases();
    add_random_function_cases();
}
