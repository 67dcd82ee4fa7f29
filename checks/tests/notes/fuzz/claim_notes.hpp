// SPDX-License-Identifier: MIT
//
// Each claim of a note as a note of its own: the claim, and only the definitions and symbols that it builds on.
#pragma once

#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// One note for each claim of `document`, in the order of the claims, copied from the text. What the claim takes from
/// other notes of `library` is copied as well, so that nothing is imported.
std::vector<std::string> notes_of_claims(const Library& library, const Document& document);

}  // namespace gradproof::notes
