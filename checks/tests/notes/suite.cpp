// SPDX-License-Identifier: MIT
#include "tests/notes/families.hpp"
#include "tests/support/tree.hpp"

std::filesystem::path gradproof::notes::source_root() {
    return std::filesystem::proximate(GRADPROOF_SOURCE_DIR);
}

void gradproof::checks::add_all_cases() {
    using namespace gradproof::notes;
    add_scanner_cases();
    add_error_cases();
    add_relation_cases();
    add_set_cases();
    add_value_cases();
    add_second_opinion_cases();
    add_claim_cases();
    add_tie_cases();
    add_mutation_cases();
    add_rendering_cases();
    add_robustness_cases();
}
