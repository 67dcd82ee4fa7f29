// SPDX-License-Identifier: MIT
//
// A graph's node as a formula of lib: a list of steps.
#pragma once

#include <vector>

#include "gradproof/formula.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::notes {

/// The value of `node`; input n is the variable `symbols[n]`. Where no case applies, as for a slope exactly on a kink,
/// the last one is taken. Throws std::invalid_argument for what lib cannot compute: functions of which only the name is
/// known.
Formula flattened(const Graph& graph, NodeId node, const std::vector<int>& symbols);

/// Where two sides of a condition in what `node` is computed from meet, the difference of the sides, each as a formula.
std::vector<Formula> differences_of_conditions(const Graph& graph, NodeId node, const std::vector<int>& symbols);

}  // namespace gradproof::notes
