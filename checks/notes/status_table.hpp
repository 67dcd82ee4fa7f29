// SPDX-License-Identifier: MIT
//
// The table in derivations/README.md that says how each note stands: written by the program, compared by the tests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "notes/check.hpp"

namespace gradproof::notes {

/// One row a note: its claims, and how many are exact, certified, sampled. Links are relative to `folder`.
std::string status_table(const std::vector<NoteReport>& reports, const std::filesystem::path& folder);

/// A text with what stands between the lines <!-- table:begin --> and <!-- table:end -->, or another name's, replaced.
/// Throws std::runtime_error if they are not there.
std::string with_table(std::string_view text, std::string_view table, std::string_view name = "table");

}  // namespace gradproof::notes
