// SPDX-License-Identifier: MIT
//
// How large the nodes of a graph would be if they were written out: depth, degree, number of digits.
#pragma once

#include <optional>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::notes {

/// Of one node. Degree and bits are estimates that are infinite where a double cannot hold them.
struct Extent {
    int depth = 1;                ///< of the graph below it
    double degree = 0;            ///< as a polynomial in variables and functions; 0 for a number
    double bits = 0;              ///< of a number: of its numerator and denominator
    std::optional<double> value;  ///< of a number
};

/// The extents of the nodes of one graph, computed once each.
class Extents {
  public:
    explicit Extents(const Graph& graph) : graph_(graph) {}
    const Extent& of(NodeId node);
    /// Forgets what concerns nodes from `size` on.
    void shrink(std::size_t size);

  private:
    const Graph& graph_;
    std::vector<Extent> known_;

    Extent compute(const GraphNode& node) const;
    const Extent& child(const GraphNode& node, std::size_t i) const {
        return known_[static_cast<std::size_t>(node.children[i])];
    }
};

}  // namespace gradproof::notes
