// SPDX-License-Identifier: MIT
//
// What the page of all cases takes from the note of a case.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gradproof::cases {

struct CaseNote {
    std::string title;
    std::string formula;                   ///< "g(z) = \max(z, 0)"
    std::vector<std::string> definitions;  ///< of what else is in the formula, such as "\Phi(z) = ..."
    std::string good_for;                  ///< the paragraph that starts with "Good for", on one line
};

/// Throws std::runtime_error, naming the file, if the note has no title, no formula (value) or no such paragraph.
CaseNote read_case_note(const std::filesystem::path& path);

}  // namespace gradproof::cases
