// SPDX-License-Identifier: MIT
//
// The points at which claims are tried: the same in every run, edges of the domains first. Heavy: includes real.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "notes/engines/real.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::notes {

/// How many points there are: the first half runs through the edges, the second is scattered.
inline constexpr int number_of_points = 128;

class Points {
  public:
    explicit Points(const std::vector<Symbol>& symbols) : symbols_(symbols) {}

    /// The value of an entry of a free symbol at a point. `rows` is the symbol's number of rows.
    Real value(const GraphNode& variable, const Domain& domain, int rows, int point);

    /// A function standing for an opaque one at a point: a linear part and sines, with slopes of at most 1. Returns
    /// its derivative of the given orders.
    Real opaque(int symbol, const std::vector<int>& orders, const std::vector<Real>& arguments, int point) const;

  private:
    const std::vector<Symbol>& symbols_;
    std::map<std::string, int> ranks_;  // of numbers: the first runs fastest through its edges

    const Symbol& symbol(int id) const { return symbols_[static_cast<std::size_t>(id)]; }
    Real entry_of_column(const GraphNode& variable, const Domain& domain, int rows, int point,
                         std::uint64_t hash) const;
};

}  // namespace gradproof::notes
