// SPDX-License-Identifier: MIT
//
// A function that does not move around x: it moves nowhere, or it is constant up to a kink, or what moves it is too
// small to be seen. derivations/finite_differences.md
#pragma once

#include "differences/sampled_line.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The derivative of a component that no step of the first sequence (step_lengths.hpp) moves: 0 with scale 0 if it is
/// exactly 0, otherwise 0 within what may hide in the values' rounding. The ends of the piece are looked for with about
/// 30 values, and to the last place, with 130 more, if `claimed` is an exact 0 or should have moved the component.
Estimate estimate_on_constant_piece(SampledLine& line, Eigen::Index component, double claimed);

}  // namespace gradproof::checks
