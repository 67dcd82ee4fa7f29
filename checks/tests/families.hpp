// SPDX-License-Identifier: MIT
//
// The families of cases, one file each; dossiers.cpp and suite.cpp add them.
#pragma once

namespace gradproof::checks {

void add_blindness_cases();
void add_claim_cases();
void add_concept_cases();
void add_course_cases();
void add_difference_cases();
void add_formula_cases();
void add_gradient_cases();
void add_kink_cases();
void add_hard_network_cases();
void add_mutant_cases();
void add_network_input_cases();
void add_oracle_cases();
void add_program_cases();
void add_random_network_cases();
void add_real_data_cases();
void add_reference_cases();
void add_stability_cases();
void add_verdict_cases();

}  // namespace gradproof::checks
