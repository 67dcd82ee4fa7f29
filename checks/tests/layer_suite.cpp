// SPDX-License-Identifier: MIT
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_layer_outside_value_cases();
    add_layer_shape_cases();
    add_wrong_pull_back_cases();
}
