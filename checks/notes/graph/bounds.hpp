// SPDX-License-Identifier: MIT
//
// How large a note and its formulas may be. The bounds count what is computed, never seconds, so that a note has the
// same verdicts on every machine. They stand far above what a note for readers needs (the largest here has 26
// statements, 700 nodes a claim and exponents below 100) and low enough that any text is answered within seconds and
// within 1 GB.
#pragma once

#include <cstddef>

namespace gradproof::notes {

/// Characters of a note and of a fence. A token takes 100 bytes, and there may be one for each character.
inline constexpr std::size_t longest_note = 32'000'000;
inline constexpr std::size_t longest_fence = 1'000'000;

/// Definitions and claims of a note, symbols of its tables: each may build on all others.
inline constexpr std::size_t most_statements = 2000;
inline constexpr std::size_t most_symbols = 2000;

/// Steps from a value down to what it is computed from. Some engines follow them recursively, with up to 2 KB of stack
/// a step: 3 of 8 MB.
inline constexpr int deepest = 1500;

/// Nodes of the expanded graph that a claim may add, and that a graph may have. The sampler keeps 72 bytes a node at
/// each of 128 points, 180 MB for the smaller number.
inline constexpr std::size_t most_nodes_of_claim = 20'000;
inline constexpr std::size_t most_nodes = 100'000;

/// What a power may be of: written out, (x + y)^n has n + 1 terms with coefficients of up to n bits.
inline constexpr double highest_degree = 4096;
/// The digits of a power of numbers, in bits: all of double and quadruple precision is within 2^16384.
inline constexpr double most_bits = 65'536;

/// Work is counted in operations on numbers of 50 digits, about 0.15 µs each. What an engine may spend on a claim at
/// one choice of sizes, 1.2 s; what all claims of a note may spend, 4 s; and what each of those behind may spend still,
/// until they have taken half as much again.
inline constexpr long work_of_claim = 8'000'000;
inline constexpr long work_of_note = 36'000'000;
inline constexpr long least_work = 40'000;

}  // namespace gradproof::notes
