// SPDX-License-Identifier: MIT
//
// A formula as people type it into a terminal, "alpha^2 (sqrt(1 + z^2) - 1)", in the notation of the notes.
#pragma once

#include <string>
#include <string_view>

namespace gradproof::notes {

/// The same formula in LaTeX: function names get their backslash, sqrt(x) becomes \sqrt{x}, abs(x) is |x|, x**2 is
/// x^{2}, * is \cdot, and a word of several letters is one name. Text with a backslash is LaTeX already and stays as it
/// is. What cannot be read is left for the reader of the notes to complain about.
std::string latex_of(std::string_view plain);

}  // namespace gradproof::notes
