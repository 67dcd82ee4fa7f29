// SPDX-License-Identifier: MIT
#include "tests/notes/families.hpp"
#include "tests/support/tree.hpp"

std::filesystem::path gradproof::notes::source_root() {
    return std::filesystem::proximate(GRADPROOF_SOURCE_DIR);
}

void gradproof::checks::add_all_cases() {
    using namespace gradproof::notes;
    add_error_cases();
    add_relation_cases();
    add_set_cases();
    add_value_cases();
    add_claim_cases();
}
