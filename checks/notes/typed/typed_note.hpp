// SPDX-License-Identifier: MIT
//
// Formulas that somebody types, as a note that the reader of the notes understands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notes/reader/document.hpp"
#include "notes/typed/typed_formula.hpp"

namespace gradproof::notes {

/// Title, table of letters, which are real numbers, and the settings; sigma, softplus and relu are defined.
std::string beginning_of_note(const std::vector<std::string_view>& letters, const Settings& settings);

/// A fence that defines `name` as the formula, plain or LaTeX.
std::string definition_in_note(std::string_view name, std::string_view formula);

/// What is wrong with a note that has errors, for somebody who typed a formula and not a note.
std::string complaint_of(const Document& document);

}  // namespace gradproof::notes
