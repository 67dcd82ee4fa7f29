// SPDX-License-Identifier: MIT
#include "notes/engines/graph_values.hpp"

namespace gradproof::proof {

bool depends_on(const notes::Graph& graph, notes::NodeId node, notes::NodeId cut,
                std::map<notes::NodeId, bool>& known) {
    if (node == cut) return true;
    if (node < cut) return false;  // children come before their parents
    if (const auto found = known.find(node); found != known.end()) return found->second;
    bool result = false;
    for (const auto child : graph[node].children) result = result || depends_on(graph, child, cut, known);
    return known[node] = result;
}

}  // namespace gradproof::proof
