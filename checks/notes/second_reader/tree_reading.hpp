// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "notes/reader/document.hpp"
#include "notes/second_reader/reading.hpp"

namespace gradproof::notes::second {

/// What the first reader understood, in the words of the second. Trees that differ in meaning give different readings.
Reading reading_of(const Tree& tree, const std::vector<Symbol>& symbols);
Reading reading_of(const Claim& claim, const std::vector<Symbol>& symbols);
Reading reading_of(const Definition& definition, const std::vector<Symbol>& symbols);

}  // namespace gradproof::notes::second
