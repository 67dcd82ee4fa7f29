// SPDX-License-Identifier: MIT
//
// The families of cases, one file each; suite.cpp, layer_suite.cpp and claims/suite.cpp add them.
#pragma once

namespace gradproof::checks {

void add_claim_cases();
void add_difference_cases();
void add_formula_cases();
void add_hard_network_cases();
void add_layer_outside_value_cases();
void add_layer_shape_cases();
void add_mutant_cases();
void add_outside_value_cases();
void add_random_network_cases();
void add_reference_cases();
void add_wrong_derivative_cases();
void add_wrong_pull_back_cases();

}  // namespace gradproof::checks
