// SPDX-License-Identifier: MIT
#include "tests/proofs/engine_cases.hpp"
#include "tests/proofs/formula_cases.hpp"
#include "tests/proofs/network_cases.hpp"
#include "tests/proofs/network_tie_cases.hpp"
#include "tests/proofs/tie_cases.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    proof::add_formula_cases();
    proof::add_network_cases();
    proof::add_network_tie_cases();
    proof::add_engine_cases();
    proof::add_tie_cases();
}
