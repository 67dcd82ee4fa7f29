// SPDX-License-Identifier: MIT
//
// Derivatives for the 50-digit engine: a derivative node is replaced by what the rules of differentiation make of it.
// The other engines differentiate in their own ways.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::notes {

class Differentiator {
  public:
    explicit Differentiator(Graph& graph) : graph_(graph) {}

    /// The same value with every derivative carried out: a derivative node gets the result as its third child, and has
    /// a value only where the first, the function, has one (log(-x) has no slope at 1, though 1 / x is there). Where a
    /// derivative does not exist (a kink), the result is a `cases` node of which no case applies; cases with text
    /// "strict" have no value where a condition is met with equality.
    NodeId without_derivatives(NodeId node);

    /// Forgets what concerns nodes from `size` on.
    void shrink(std::size_t size);

  private:
    Graph& graph_;
    std::map<NodeId, NodeId> resolved_;
    std::map<std::pair<NodeId, NodeId>, NodeId> derivatives_;

    NodeId derivative(NodeId node, NodeId by);
    NodeId by_rule(NodeId node, NodeId by);
    NodeId of_elementary(const GraphNode& node, NodeId by);
    NodeId of_power(const GraphNode& node, NodeId by);
    NodeId one_less(NodeId exponent);
    NodeId of_extremum(const GraphNode& node, NodeId by);

    NodeId make(Operation operation, std::vector<NodeId> children, std::string text = {});
    NodeId compare(Relation relation, NodeId left, NodeId right);
    NodeId add(std::vector<NodeId> terms);
    NodeId multiply(std::vector<NodeId> factors);
    NodeId negate(NodeId node);
    NodeId divide(NodeId top, NodeId bottom);
    bool is(NodeId node, std::string_view digits) const;
};

}  // namespace gradproof::notes
