// SPDX-License-Identifier: MIT
//
// The scalars of a note's claim as symbols of a field.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "notes/algebra/field.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::proof {

/// An entry of a free symbol of a note: symbol, row, column.
struct EntryId {
    int symbol;
    int row;
    int column;
    friend auto operator<=>(const EntryId&, const EntryId&) = default;
};

/// What is known of an entry before anything is proved.
struct EntryValue {
    Interval interval;     ///< where it lies
    std::string fixed;     ///< its value in digits, if it has one
    bool is_rest = false;  ///< it is 1 minus the entries above it, and positive if the interval is from 0
};

/// The formulas of a graph over one field, which has to be current and empty. `has_branches` says whether something in
/// the graph depends on an order. Cut at a node, a derivative is taken by a
/// symbol that stands for the node and is replaced by the node's formula afterwards.
class GraphFormulas {
  public:
    GraphFormulas(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                  std::map<EntryId, EntryValue> entries, bool has_branches);

    /// The formula of a node. Throws UndecidedBranch, UnsupportedFunction, AtKink, std::domain_error or
    /// std::length_error.
    Symbol of(notes::NodeId node);
    /// Whether a condition (a `compare` or `otherwise` node) holds.
    bool holds(notes::NodeId condition);
    bool holds(notes::Relation relation, const Symbol& left, const Symbol& right);
    /// The symbol of an entry.
    Symbol entry(const EntryId& id);

  private:
    struct Context {  // one cut: the node, and what depends on it; the first context is not cut
        std::size_t outer = 0;
        notes::NodeId cut = -1;
        Symbol symbol;
        std::map<notes::NodeId, Symbol> known;
        std::map<notes::NodeId, bool> depends;
    };

    Symbol of(notes::NodeId node, std::size_t context);
    Symbol compute(notes::NodeId node, std::size_t context);
    Symbol elementary(const std::string& function, const Symbol& u) const;
    Symbol cases(const notes::GraphNode& node, std::size_t context);
    Symbol extremum(const notes::GraphNode& node, std::size_t context);
    Symbol derivative(const notes::GraphNode& node, std::size_t context);
    bool holds(notes::NodeId condition, std::size_t context);
    bool depends(Context& context, notes::NodeId node);

    const notes::Graph& graph_;
    const std::vector<notes::Symbol>& symbols_;
    std::map<EntryId, EntryValue> entries_;
    bool has_branches_;
    std::map<EntryId, Symbol> entry_symbols_;
    std::deque<Context> contexts_;
};

/// A number in digits, perhaps with sign, point and exponent, exactly. Throws std::invalid_argument on anything else.
Symbol exact_number(const std::string& digits);

}  // namespace gradproof::proof
