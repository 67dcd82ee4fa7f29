// SPDX-License-Identifier: MIT
//
// What a claim depends on, for the engine that encloses: which entries, where they lie, and how.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::proof {

/// An entry of a free symbol.
struct Coordinate {
    int symbol;
    int row;
    int column;
    friend auto operator<=>(const Coordinate&, const Coordinate&) = default;
};

/// The double nearest to a number in digits. Throws std::invalid_argument on anything else.
double number_of(const std::string& digits);

class ClaimDomain {
  public:
    ClaimDomain(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols, const notes::Question& question);

    const std::set<Coordinate>& coordinates() const { return coordinates_; }
    const notes::Domain& domain(int symbol) const;
    /// How many nodes the claim has.
    std::size_t nodes() const { return nodes_; }
    /// The number of rows of a symbol.
    int rows(int symbol) const;
    std::string name(const Coordinate& coordinate) const;
    /// What the conditions of the claim leave of an interval of a coordinate, where they compare it with a number: ends
    /// that a strict condition leaves out are left out by `inside`.
    void narrow(const Coordinate& coordinate, double inside, double& lower, double& upper) const;
    /// The highest power of these coordinates, counted together, in a node: 0, 1, or 2 for anything beyond.
    int degree(notes::NodeId node, const std::set<Coordinate>& in) const;

  private:
    const notes::Graph& graph_;
    const std::vector<notes::Symbol>& symbols_;
    const notes::Question& question_;
    std::set<Coordinate> coordinates_;
    std::size_t nodes_ = 0;
};

}  // namespace gradproof::proof
