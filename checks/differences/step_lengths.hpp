// SPDX-License-Identifier: MIT
//
// How long the step sequences are with which a function is looked at around x.
#pragma once

#include <vector>

namespace gradproof::checks {

/// What distances from x are measured in: |x|, or 1 for an x that is as good as 0.
double unit_of(double x);

/// The sequence that is tried first, and answers where the function is smooth.
double first_length(double x);

/// Those longer than it, shortest first.
std::vector<double> longer_lengths(double x);

/// All, longest first: from half of the unit to a few units in the last place of x. For an x that is as good as 0 also
/// those next to the number that it is.
std::vector<double> all_lengths(double x);

}  // namespace gradproof::checks
