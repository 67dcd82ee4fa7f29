// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradproof::notes::second {

/// The text of a formula in pieces: numbers, letters, commands, signs, \text{...} and \begin{...} as one piece each.
/// What only shifts ink (blanks, \,, \left) is gone; rows and marks of `aligned` are gone, a row that begins a new
/// statement is the piece "\\".
std::vector<std::string> pieces_of(std::string_view text);

}  // namespace gradproof::notes::second
