// SPDX-License-Identifier: MIT
//
// A check for networks too large to go through entry by entry: the slope of the cost along random directions, one layer
// at a time so that a large layer cannot hide a small one. Every entry of a direction is +1 or -1, drawn from a seed
// that is reported; the analytic slope is the inner product with the gradient. A second opinion takes no difference
// quotient at all: with the right slope the remainder of the Taylor expansion shrinks with the square of the step, with
// a wrong one only with the step. The cost does not depend on the number of parameters but through the forward passes.
//
// It is weaker than the exhaustive check, and says by how much: an error in a single entry shows only if it is larger
// than the error bar of the slope, and errors in several entries may cancel along one direction, but hardly along many.
// derivations/finite_differences.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gradproof/checks/compiled_network.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

struct DirectionalOptions {
    std::uint32_t seed = 1;
    int directions = 4;  ///< for each of W[l] and b[l]
    int required_digits = default_required_digits;
};

/// What the remainder of the Taylor expansion says.
enum class TaylorOpinion {
    agrees,     ///< it shrinks like the square of the step, or is lost in rounding from the start
    disagrees,  ///< it shrinks like the step: the slope is wrong
    unclear,    ///< neither, as near a kink
};

struct DirectionalVerdict {
    std::string name;    ///< dW2 or db2
    std::uint32_t seed;  ///< that this direction was drawn from
    Verdict verdict;
    TaylorOpinion taylor = TaylorOpinion::unclear;
    double rate = 0;  ///< the power of the step that the remainder shrank with; NaN if lost in rounding
    /// The smallest error in a single entry that this direction would have shown, and relative to the largest entry.
    double smallest_seen = 0;
    double smallest_seen_relative = 0;
};

/// Checks dW and db of `gradients`. Throws std::invalid_argument if shapes do not fit.
std::vector<DirectionalVerdict> directional_check(const Network<double>& network, const Matrix<double>& X,
                                                  const Matrix<double>& Y, const Gradients<double>& gradients,
                                                  const DirectionalOptions& options = {});

/// A table, one line a direction.
std::string describe(const std::vector<DirectionalVerdict>& verdicts);

std::string_view name_of(TaylorOpinion opinion);

}  // namespace gradproof::checks
