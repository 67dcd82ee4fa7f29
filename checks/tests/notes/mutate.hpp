// SPDX-License-Identifier: MIT
//
// Small mistakes made on purpose: all trees that differ from a given one by one slip of the pen.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "notes/reader/tree.hpp"

namespace gradproof::notes {

struct MutatedTree {
    std::string mutation;  ///< "+ to -", "dropped transpose"
    Tree tree;
};

/// Whether two symbols always have the same value, so that taking one for the other is no mistake.
using SameValue = std::function<bool(int symbol, int other)>;

/// Every single slip in a tree. A symbol can be mistaken for the one with the most similar name among `candidates`
/// (symbols of the note) that has the same shape and not always the same value.
std::vector<MutatedTree> mutations_of(const Tree& tree, const std::vector<Symbol>& symbols,
                                      const std::vector<int>& candidates, const SameValue& same_value);

}  // namespace gradproof::notes
