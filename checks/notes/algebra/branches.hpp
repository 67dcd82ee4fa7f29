// SPDX-License-Identifier: MIT
//
// Formulas with branches on symbols, taken branch by branch.
#pragma once

#include <cstddef>
#include <functional>

#include "notes/algebra/symbol.hpp"

namespace gradproof::proof {

/// Which undecided differences are taken both ways; the others are taken upward only.
using Varied = std::function<bool(const Symbol& difference)>;

struct Branching {
    Varied varied = {};        ///< all, if empty
    bool with_ties = false;    ///< whether a difference may be 0, too
    std::size_t limit = 1024;  ///< of branches
};

/// Runs `body` once for every way in which its undecided comparisons can come out, each decision being an assumption
/// while that run lasts: a difference is positive or negative, or for == zero or not. (Where ties are left out, a
/// claim about derivatives is about open sets of values; the kink itself takes an explicit assumption.)
/// Returns the number of branches. Throws std::length_error beyond the limit.
std::size_t for_each_branch(const std::function<void()>& body, const Branching& branching = {});

/// Runs `body` along one branch: `upward(k)` says whether the k-th undecided difference is taken as positive.
/// Enough where all branches are known to give the same element, as a stable form of a smooth function does.
void along_one_branch(const std::function<bool(std::size_t)>& upward, const std::function<void()>& body);

}  // namespace gradproof::proof
