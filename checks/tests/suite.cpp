// SPDX-License-Identifier: MIT
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    add_blindness_cases();
    add_concept_cases();
    add_course_cases();
    add_difference_cases();
    add_gradient_cases();
    add_kink_cases();
    add_hard_network_cases();
    add_mutant_cases();
    add_network_input_cases();
    add_oracle_cases();
    add_program_cases();
    add_random_network_cases();
    add_real_data_cases();
    add_stability_cases();
    add_verdict_cases();
}
