// SPDX-License-Identifier: MIT
//
// The families of cases in notes_cases, one file each.
#pragma once

#include <filesystem>
#include <string>

namespace gradproof::notes {

/// The folder that holds lib, checks and derivations.
std::filesystem::path source_root();

void add_error_cases();
void add_relation_cases();
void add_set_cases();
void add_value_cases();
void add_claim_cases();

}  // namespace gradproof::notes
