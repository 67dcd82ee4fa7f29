// SPDX-License-Identifier: MIT
//
// The derivative of any function of one variable, with an error bar, without being told a step: a few values where the
// function is smooth, and where it is not, sequences of steps from long ones down to a few units in the last place.
// derivations/finite_differences.md
#pragma once

#include <vector>

#include "differences/sampled_line.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The derivative at x of one component of the curve. Components share the points they are evaluated at: 10 of them, or
/// 12, where all are smooth. The estimate of a component that is not finite at x or next to it is NaN with an infinite
/// bar. What is assumed of the curve: derivations/finite_differences.md. `claimed` is what
/// will be judged: where the curve does not move around x, its ends are looked for, with up to 200 values more, if an
/// exact 0 is claimed or something that should have moved it.
Estimate derivative_along(SampledLine& line, Eigen::Index component, double claimed = 0);

/// The points at which a curve around x is asked in any case, and no others where it is smooth and steep enough.
std::vector<double> first_points(double x);

}  // namespace gradproof::checks
