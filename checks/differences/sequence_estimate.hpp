// SPDX-License-Identifier: MIT
//
// Step sequences of one function from long to short, and the derivative that they agree on: the narrowest bar that
// contains what all shorter steps show, the two sides of a kink, or nothing. derivations/finite_differences.md
#pragma once

#include <cstddef>
#include <vector>

#include "differences/step_sequence.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// How far single values must be taken to be off, from `deviation`, the root mean square of `count` deviations from a
/// smooth curve, and the roundoff of a value.
double noise_of_values(double deviation, std::size_t count, double roundoff);

/// What whoever computed the derivative may have rounded it by.
double rounding_of_claim(double derivative, double curvature, double x);

struct SequenceEstimate {
    Estimate estimate;
    double curvature = 0;  ///< the second derivative, roughly
    double deviation =
        0;                ///< how far single values deviate from a smooth curve, as steps like its own and shorter show
    double roundoff = 0;  ///< of a value there
    double largest = 0;   ///< absolute value there
};

/// The estimate with the narrowest bar that `sequences`, longest first, allow at x. All values must be finite, and the
/// shortest sequences so short that rounding covers what they show. If the function does not move over short steps,
/// although the longer ones say that it should, or moves otherwise over short steps than over long ones, the bar holds
/// both.
SequenceEstimate estimate_from(const std::vector<StepValues>& sequences, double x);

/// The estimate with a bar wider by `distance`, of which nothing is to be confirmed, an exact 0 neither.
Estimate undecided_within(Estimate estimate, double distance);

}  // namespace gradproof::checks
