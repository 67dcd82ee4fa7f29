// SPDX-License-Identifier: MIT
#include "tests/proofs/cross_check_cases.hpp"
#include "tests/proofs/engine_cases.hpp"
#include "tests/proofs/formula_cases.hpp"
#include "tests/proofs/layer_cases.hpp"
#include "tests/proofs/network_cases.hpp"
#include "tests/proofs/network_cross_check_cases.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    proof::add_formula_cases();
    proof::add_layer_cases();
    proof::add_network_cases();
    proof::add_network_cross_check_cases();
    proof::add_engine_cases();
    proof::add_cross_check_cases();
}
