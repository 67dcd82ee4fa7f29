// SPDX-License-Identifier: MIT
//
// How the tables of derivations name a note and a claim.
#pragma once

#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// "output_layer", "activations/sigmoid".
std::string name_of(const Document& document);

/// The claim as LaTeX, whatever way it is spaced in the note.
std::string text_of(const Claim& claim, const std::vector<Symbol>& symbols);

}  // namespace gradproof::notes
