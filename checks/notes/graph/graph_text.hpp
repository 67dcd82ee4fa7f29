// SPDX-License-Identifier: MIT
//
// Nodes of a graph written as LaTeX, for evidence and messages.
#pragma once

#include <string>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::notes {

/// A node as LaTeX, for evidence and messages: definitions by their names, long formulas cut.
std::string text_of(const Graph& graph, NodeId node, const std::vector<Symbol>& symbols);

/// The name of an entry of a symbol: "z", "u_{2}", "W_{1 2}".
std::string name_of_entry(const Symbol& symbol, int row, int column);

}  // namespace gradproof::notes
