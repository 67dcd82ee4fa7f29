// SPDX-License-Identifier: MIT
//
// The derivative of any function of one variable, with an error bar, without being told a step: a few values where the
// function is smooth, and where it is not, sequences of steps from long ones down to a few units in the last place.
// derivations/finite_differences.md (any function)
#pragma once

#include "gradproof/checks/sampled_line.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The derivative at x of one component of the curve. Components share the points they are evaluated at: 10 of them, or
/// 12, where all are smooth. The estimate of a component that is not finite at x or next to it is NaN with an infinite
/// bar. What is assumed of the curve: derivations/finite_differences.md (any function). Whether the
/// derivative on a constant piece is exactly 0 is found out only if `zero_is_claimed`: it takes up to 200 values more.
Estimate derivative_along(SampledLine& line, Eigen::Index component, bool zero_is_claimed = true);

}  // namespace gradproof::checks
