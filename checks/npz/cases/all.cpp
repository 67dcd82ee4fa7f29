// SPDX-License-Identifier: MIT
#include "all.hpp"

#include "tree.hpp"

void gradproof::checks::add_all_cases() {
    npz::add_header_cases();
    npz::add_array_cases();
    npz::add_damage_cases();
}
