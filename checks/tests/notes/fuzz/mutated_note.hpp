// SPDX-License-Identifier: MIT
//
// Texts that are nearly notes: a note with pieces changed, repeated, taken from others, or made large.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gradproof::notes {

/// One of `corpus`, changed a few times; the same for the same seed everywhere. Precondition: the corpus is not empty.
std::string mutated_note(const std::vector<std::string>& corpus, std::uint64_t seed);

}  // namespace gradproof::notes
