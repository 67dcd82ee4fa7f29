// SPDX-License-Identifier: MIT
//
// The verdict on a claim at a point where a side of it has no value.
#pragma once

#include "notes/graph/side_conditions.hpp"
#include "notes/verdict.hpp"

namespace gradproof::notes {

/// What is said where a side condition fails at a point of the domain: that the claim is refuted, why there is no value
/// there, and how to leave the point out. `witness` holds the point.
Verdict undefined_at(Witness witness, const SideCondition& condition, const Graph& graph,
                     const std::vector<Symbol>& symbols);

}  // namespace gradproof::notes
