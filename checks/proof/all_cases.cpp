// SPDX-License-Identifier: MIT
#include "formula_cases.hpp"
#include "cases/tree.hpp"

void gradproof::checks::add_all_cases() {
    proof::add_formula_cases();
}
