// SPDX-License-Identifier: MIT
#include "cases/families.hpp"
#include "cases/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_claim_cases();
    add_formula_cases();
    add_reference_cases();
}
