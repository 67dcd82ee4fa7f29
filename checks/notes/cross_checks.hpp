// SPDX-License-Identifier: MIT
//
// A tagged formula of a note against the library's function of that name: at 50 digits, and in double.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "notes/distance.hpp"
#include "notes/reader/document.hpp"

namespace gradproof::notes {

struct Binding;

struct CrossCheck {
    std::string note;  ///< "activations/sigmoid"
    std::string tag;   ///< "derivative_from_value"
    std::string left;  ///< "dW^{[1]}" where one tag has several formulas
    bool holds = false;
    int comparisons = 0;     ///< entries times points
    int enclosed = 0;        ///< of these, the value was enclosed by a ball, and the distance is a rigorous bound
    double worst_ulps = 0;   ///< of the code in double, in units of the last place of the exact value
    double worst_share = 0;  ///< of the error that the code's own roundings allow
    std::string worst_at;    ///< where it is worst in ulps
    std::string message;     ///< why it does not hold, with file:line where there is one
};

/// Compares every function of lib that a note derives with that note's formula. A note or tag that is missing does not
/// hold. `derivations` is the folder of the notes; notes that are not read yet are read into the library. Only notes
/// whose name starts with `note` are compared. In double the code may be off by what its roundings allow; the distance
/// is taken from `distance`, or where that says nothing from the value with 50 digits.
std::vector<CrossCheck> compare_with_code(Library& library, const std::filesystem::path& derivations,
                                          const std::string& note = {}, const DistanceBound& distance = {});

/// The same for other functions than lib's: what a wrong one is noticed by.
std::vector<CrossCheck> compare_with_code(Library& library, const std::filesystem::path& derivations,
                                          const std::vector<Binding>& bindings, const DistanceBound& distance = {});

/// Whether a note with changed definitions no longer agrees with the code: the judge that mutations of definitions
/// need.
bool code_rejects(const Document& document, const std::vector<Symbol>& changed,
                  const std::filesystem::path& derivations);

}  // namespace gradproof::notes
