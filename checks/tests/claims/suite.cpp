// SPDX-License-Identifier: MIT
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_claim_cases();
    add_formula_cases();
    add_reference_cases();
    add_wrong_derivative_cases();
}
