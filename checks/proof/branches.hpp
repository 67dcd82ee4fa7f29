// SPDX-License-Identifier: MIT
//
// Formulas with branches on symbols, taken branch by branch.
#pragma once

#include <cstddef>
#include <functional>

#include "symbol.hpp"

namespace gradproof::proof {

/// Which undecided differences are taken both ways; the others are taken upward only.
using Varied = std::function<bool(const Symbol& difference)>;

/// Runs `body` once for every way in which its undecided comparisons can come out, each decision being an assumption
/// while that run lasts: a difference is positive or negative, or for == zero or not. (Where a < b leaves the case of
/// equality open, a claim about derivatives is about the open half; the kink itself takes an explicit assumption.)
/// Returns the number of branches. Throws std::length_error beyond `limit`.
std::size_t for_each_branch(const std::function<void()>& body, const Varied& varied = {}, std::size_t limit = 1024);

/// Runs `body` along one branch: `upward(k)` says whether the k-th undecided difference is taken as positive.
/// Enough where all branches are known to give the same element, as a stable form of a smooth function does.
void along_one_branch(const std::function<bool(std::size_t)>& upward, const std::function<void()>& body);

}  // namespace gradproof::proof
