// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace gradproof {

/// How many single letters have to be inserted, dropped or changed to get from one word to the other (Levenshtein), for
/// a message that asks "did you mean ...?".
std::size_t edit_distance(std::string_view from, std::string_view to);

}  // namespace gradproof
