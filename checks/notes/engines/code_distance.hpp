// SPDX-License-Identifier: MIT
#pragma once

#include "notes/distance.hpp"

namespace gradproof::proof {

/// Encloses the values of nodes by balls and bounds the distances of doubles from them; nothing where a branch cannot
/// be told, a function is unknown, or the ball holds 0 and is not just that.
std::vector<std::optional<notes::Distance>> distances_by_balls(const notes::Graph& graph,
                                                               const std::vector<notes::NodeId>& nodes,
                                                               const notes::GivenValues& given,
                                                               const std::vector<double>& code);

}  // namespace gradproof::proof
