// SPDX-License-Identifier: MIT
#pragma once

#include "notes/verdict.hpp"

namespace gradproof::proof {

/// The engine that proves: both sides of each instance are formulas over a field of rational functions and elementary
/// functions, and are the same element of it. It says `exact` or `undecided` with the reason, and `refuted` only of
/// numbers; with one difference of two numbers it has its witness. Constraints such as "the labels sum to 1" are
/// eliminated, finite domains are run through where the claim is not true for all real numbers, and formulas with
/// branches are taken branch by branch, ties included.
notes::Verdict prove_exactly(notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                             const notes::Question& question);

}  // namespace gradproof::proof
