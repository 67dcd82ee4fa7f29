// SPDX-License-Identifier: MIT
//
// What two sides that differ look like: one minus the other, a factor m, a factor that is missing. Heavy: includes
// real.hpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "notes/engines/real.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::notes {

/// In words, or nothing. Each of `rows` holds, at one point, the left side, the right side, and the values of `parts`,
/// which are what could be the factor; `sizes` are what could be its number.
std::string resemblance(const std::vector<std::vector<Real>>& rows,
                        const std::vector<std::pair<std::string, NodeId>>& parts,
                        const std::vector<std::pair<std::string, int>>& sizes);

}  // namespace gradproof::notes
