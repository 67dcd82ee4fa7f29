// SPDX-License-Identifier: MIT
//
// At which sizes a claim is asked. A matrix claim is proved for listed sizes, so it is asked at each of them, and once
// if none occurs in it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// A number for each size of a note, by name.
using Sizes = std::map<std::string, int, std::less<>>;

/// Every combination of the numbers that are listed for the sizes of a note.
std::vector<Sizes> choices_of_sizes(const Document& document, const std::vector<Symbol>& symbols);

/// The names of all sizes that a claim speaks of, itself or through what it builds on; numbers of rows in digits may be
/// among them.
std::set<Dimension> dimensions_in(const Claim& claim, const std::vector<Symbol>& symbols);

}  // namespace gradproof::notes
