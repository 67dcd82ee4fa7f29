// SPDX-License-Identifier: MIT
//
// A claim at fixed sizes, expanded into scalars: matrices into their entries, sums term by term, free indices one
// instance each. What the engines decide is this graph. Nodes are shared: equal nodes have one id, children come before
// their parents.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "notes/graph/bounds.hpp"
#include "notes/reader/tree.hpp"

namespace gradproof::notes {

using NodeId = int;

enum class Operation : std::uint8_t {
    number,      ///< text: digits, perhaps with sign and point, "-0.25"
    constant,    ///< text: "e" or "pi"
    variable,    ///< symbol, row, column: an entry of a free symbol
    alias,       ///< symbol, row, column; children: one. The value of the child under a name: an entry of a definition,
                 ///< or an argument of a function under its parameter. A derivative can be taken by it.
    add,         ///< children: two or more
    subtract,    ///< children: two
    negate,      ///< children: one
    multiply,    ///< children: two or more
    divide,      ///< children: two
    power,       ///< children: base, exponent
    elementary,  ///< text: exp log sqrt tanh sinh cosh sin cos arctan erf abs; children: one
    maximum,     ///< children: two or more
    minimum,     ///< children: two or more
    opaque,      ///< symbol; orders: how often differentiated by each argument; children: the arguments
    cases,       ///< children: value, condition, value, condition, ...
    compare,     ///< a condition: relation; children: two
    all,         ///< a condition: that its children hold, conditions all
    any,         ///< a condition: that one of its children holds; none does where there are none
    otherwise,   ///< the condition that always holds
    derivative,  ///< children: f and x, an `alias` or a `variable` that f depends on. Everything that is not computed
                 ///< from x is held fixed: the graph is cut at x.
};

struct GraphNode {
    Operation operation = Operation::number;
    Relation relation = Relation::equal;
    int symbol = -1;
    int row = 0;  ///< from 0
    int column = 0;
    std::string text;
    bool interior = false;  ///< of `cases`: it has no value where a comparison of its conditions holds with equality
    std::vector<int> orders;
    std::vector<NodeId> children;
    friend bool operator==(const GraphNode&, const GraphNode&) = default;
};

class Graph {
  public:
    /// The id of this node, a new one only if there is no equal node yet.
    NodeId add(GraphNode node);
    const GraphNode& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return nodes_.size(); }
    /// Forgets all nodes from `size` on.
    void shrink(std::size_t size);
    /// Whether `from` is computed from `to` (or is `to`).
    bool depends(NodeId from, NodeId to) const;

    NodeId number(std::string digits);
    NodeId number(int value);

  private:
    std::vector<GraphNode> nodes_;
    std::unordered_multimap<std::size_t, NodeId> by_hash_;
};

/// One instance of a claim: left relation right for one choice of the free indices and one entry.
struct Instance {
    NodeId left = -1;
    NodeId right = -1;
    std::string label;                                 ///< "" for a number; "entry (1, 2)", "i = 1, j = 2"
    std::vector<std::pair<std::string, int>> indices;  ///< the values of the free indices
    std::size_t entry = 0;                             ///< of a matrix, row by row, from 0
    std::string margin;  ///< of \approx: half a unit of the last digit written, in digits ("5e-5")
};

/// A condition under which a claim is made: `\qquad z > 0`.
struct Condition {
    Relation relation = Relation::equal;
    NodeId left = -1;
    NodeId right = -1;
};

/// A claim at one choice of sizes. It holds if every instance holds for every value of the free variables in their
/// domains that meets all conditions; a not_equal claim holds if one instance differs at one value.
struct Question {
    Relation relation = Relation::equal;
    std::vector<Instance> instances;
    std::vector<Condition> conditions;
    std::vector<std::pair<int, Domain>> narrowed;    ///< symbols whose domain a condition y \in ... replaces
    std::vector<std::pair<std::string, int>> sizes;  ///< the sizes it is expanded at, by name
    long work = work_of_claim;                       ///< that an engine may spend on it (bounds.hpp)
};

}  // namespace gradproof::notes
