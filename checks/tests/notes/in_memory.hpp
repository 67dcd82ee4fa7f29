// SPDX-License-Identifier: MIT
//
// Small notes in memory, for cases about the reader and its verdicts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notes/check.hpp"

namespace gradproof::notes {

/// A note with a table of the usual symbols (z, y, W, D, x, u, v, g, m, K, ...) and the function \sigma, in front of
/// one fence for each of `fences`; the first of them starts in line `first_fence_line`.
std::string note_with(const std::vector<std::string_view>& fences);
inline constexpr int first_fence_line = 25;

/// What reading and checking that note has to say: errors and failures, one after the other; "green" if there are none.
std::string verdict_on(const std::vector<std::string_view>& fences);
/// The same with all engines, or with some.
std::string verdict_with_engines(const std::vector<std::string_view>& fences);
std::string verdict_with(const std::vector<std::string_view>& fences, const std::vector<NamedEngine>& engines);
/// The evidence for each claim in a line, or its failure, with all engines.
std::string evidence_with_engines(const std::vector<std::string_view>& fences);

}  // namespace gradproof::notes
