// SPDX-License-Identifier: MIT
//
// A question as the exact engine takes it: its nodes, its entries, and the values that they are taken to have.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "notes/engines/graph_formulas.hpp"
#include "notes/engines/work.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::proof {

/// What is given up on: the other engines take over.
inline constexpr std::size_t most_terms = 200'000;
inline constexpr std::size_t most_branches = 128;
inline constexpr std::size_t most_entries = 300;  ///< a term of a polynomial holds an exponent of each

struct Problem {
    const notes::Graph& graph;
    const std::vector<notes::Symbol>& symbols;
    const notes::Question& question;
    std::set<notes::NodeId> nodes;
    notes::Work& work;
    bool compares = false;  ///< whether something in it depends on an order

    Problem(const notes::Graph& g, const std::vector<notes::Symbol>& s, const notes::Question& q, notes::Work& w);

    const notes::Domain& domain(int symbol) const;
    std::set<EntryId> entries() const;
    /// The number of rows of a symbol at the sizes of the question.
    int rows(int symbol) const;
};

/// What entries are taken to have as values.
using EntryValues = std::map<EntryId, EntryValue>;

/// Whether the inside of a closed interval stands for it.
enum class Ends { included, left_out };

/// Any values of the domains, of finite ones any real numbers: more than is asked, and often proved. Closed intervals
/// go on beyond their ends, unless these are left out.
EntryValues widest(const Problem& problem, Ends ends);

/// Whether closed intervals are taken apart into their ends and their inside.
enum class ClosedIntervals { whole, in_parts };

/// All ways in which the entries that are taken apart can lie; none if there are too many or no such entries. Of the
/// others the values are the widest, with closed intervals as in `widest`.
std::vector<EntryValues> choices(const Problem& problem, ClosedIntervals closed, Ends ends);

/// What a field for this problem costs, the nodes that are looked at in it included.
std::function<void(double)> charge_of(const Problem& problem);

}  // namespace gradproof::proof
