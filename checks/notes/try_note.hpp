// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradproof::notes {

/// Reads a text as a note and expands its first claims, as fuzzing and the corpus test do: whatever the text, this
/// returns, and soon. Returns how many claims could be expanded.
std::size_t try_note(std::string_view text);

}  // namespace gradproof::notes
