// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "notes/check.hpp"
#include "notes/distance.hpp"

namespace gradproof::proof {

/// The engines besides the 50-digit one: "exact" and "balls". The three share no arithmetic and no way of
/// differentiating.
std::vector<notes::NamedEngine> engines();

/// Bounds by a ball how far code in double is from a formula; empty where nothing can be enclosed.
notes::DistanceBound distance_bound();

}  // namespace gradproof::proof
