// SPDX-License-Identifier: MIT
//
// \begin{aligned} is layout only: a row that begins with & and a relation or an operator continues the row above it.
#pragma once

#include <filesystem>
#include <vector>

#include "notes/reader/lexer.hpp"
#include "notes/reader/note.hpp"

namespace gradproof::notes {

/// The tokens of a fence without its alignment. Throws NoteError where that does not match or encloses only a part.
std::vector<Token> without_alignment(const std::vector<Token>& tokens, const Fence& fence,
                                     const std::filesystem::path& file);

}  // namespace gradproof::notes
