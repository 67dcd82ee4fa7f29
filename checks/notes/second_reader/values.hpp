// SPDX-License-Identifier: MIT
//
// What a claim says at some points, computed in doubles straight from what the second reader understood. It shares with
// the engines neither the reader nor the shapes, the expansion into scalars, the conditions, the derivatives, the
// points or the values that a table allows; so it notices a mistake in what is common to them, such as a membership
// taken for an equation. It cannot prove anything.
#pragma once

#include <string>

#include "notes/second_reader/reader.hpp"

namespace gradproof::notes::second {

struct Evaluation {
    int points = 0;             ///< at which both sides were known well enough to be compared
    std::string contradiction;  ///< a point where the claim fails by more than the error; or empty
    std::string reason;         ///< why there are no points
};

/// What the claims of a note may cost together, and one of them at most, in nodes evaluated: 0.1 µs each or so.
inline constexpr long most_steps_of_note = 1'000'000;
inline constexpr long most_steps_of_claim = 100'000;

/// Evaluates a claim of a note at up to 5 points, as long as there are steps left, and takes off what it needed.
/// Derivatives are differences, functions of which only smoothness is known are certain ones. Never throws.
Evaluation evaluate(const Reading& claim, const Declarations& declarations, long& steps);

}  // namespace gradproof::notes::second
