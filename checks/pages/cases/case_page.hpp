// SPDX-License-Identifier: MIT
//
// The page of all activations and losses, and its plots. What is known of a case comes from its header, formula, title
// and use from its note, other people's names from the list of them; so a new case is on the page with no other edit.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pages/cases/derived_files.hpp"

namespace gradproof::cases {

/// The page and a plot for each case. Of the page only what stands between its marks is written, the rest is kept.
/// Throws std::runtime_error, naming the file, if a note lacks its formula (value) or the sentence that starts with
/// "Good for".
std::vector<DerivedFile> case_files(const std::filesystem::path& derivations);

/// What is wrong with the files that are there, one message each: a file that is missing or not as case_files() has it,
/// and a plot of no case.
std::vector<std::string> outdated_case_files(const std::filesystem::path& derivations);

/// Writes those that are not as they should be, and says which.
std::vector<std::filesystem::path> write_case_files(const std::filesystem::path& derivations);

}  // namespace gradproof::cases
