// SPDX-License-Identifier: MIT
//
// A tagged formula of a note against the library's function of that name: at 50 digits, and in double.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "notes/document.hpp"

namespace gradproof::notes {

struct TieResult {
    std::string note;  ///< "activations/sigmoid"
    std::string tag;   ///< "derivative_from_value"
    std::string left;  ///< "dW^{[1]}" where one tag has several formulas
    bool holds = false;
    int comparisons = 0;    ///< entries times points
    double worst_ulps = 0;  ///< of the code in double, in units of the last place of the exact value
    std::string worst_at;
    std::string message;  ///< why it does not hold, with file:line where there is one
};

/// Compares every function of lib that a note derives with that note's formula. A note or tag that is missing does not
/// hold. `derivations` is the folder of the notes; notes that are not read yet are read into the library.
std::vector<TieResult> compare_with_code(Library& library, const std::filesystem::path& derivations);

/// The same for the notes whose name starts with `note` only.
std::vector<TieResult> compare_with_code(Library& library, const std::filesystem::path& derivations,
                                         const std::string& note);

/// Whether a note with changed definitions no longer agrees with the code: the judge that mutations of definitions
/// need.
bool code_rejects(const Document& document, const std::vector<Symbol>& changed,
                  const std::filesystem::path& derivations);

}  // namespace gradproof::notes
