// SPDX-License-Identifier: MIT
#include "cases/tree.hpp"
#include "engine_cases.hpp"
#include "formula_cases.hpp"
#include "network_cases.hpp"
#include "network_tie_cases.hpp"
#include "symbol_cases.hpp"
#include "tie_cases.hpp"

void gradproof::checks::add_all_cases() {
    proof::add_symbol_cases();
    proof::add_formula_cases();
    proof::add_network_cases();
    proof::add_network_tie_cases();
    proof::add_engine_cases();
    proof::add_tie_cases();
}
