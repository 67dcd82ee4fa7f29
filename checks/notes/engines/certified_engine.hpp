// SPDX-License-Identifier: MIT
#pragma once

#include "notes/verdict.hpp"

namespace gradproof::proof {

/// The engine that encloses, with Arb's balls.
///   refuted    at some point the balls around the two sides have nothing in common: rigorous
///   certified  an equation holds to 1e-30 for every value of a box, by Taylor jets whose remainder is bounded on a
///              square of the complex plane (Cauchy); an inequality holds on the box, by subdivision
/// A claim may depend in any way on one variable and must be affine in the others, which then are put at their two
/// ends; finite domains are run through. Anything else is undecided, with the reason.
notes::Verdict certify(notes::Graph& graph, const std::vector<notes::Symbol>& symbols, const notes::Question& question);

}  // namespace gradproof::proof
