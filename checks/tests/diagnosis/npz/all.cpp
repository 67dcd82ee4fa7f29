// SPDX-License-Identifier: MIT
#include "tests/diagnosis/npz/all.hpp"

#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    npz::add_header_cases();
    npz::add_array_cases();
    npz::add_damage_cases();
}
