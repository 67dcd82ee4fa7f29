// SPDX-License-Identifier: MIT
//
// How far a number that code returned in double is from a formula.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::notes {

struct Distance {
    double absolute = 0;
    double ulps = 0;  ///< in units of the last place of the formula's value
};

/// Graph nodes with values given to them; whatever they are computed from no longer matters.
using GivenValues = std::vector<std::pair<NodeId, double>>;

/// Bounds the distances of doubles from the values of nodes rigorously from above, or says nothing.
using DistanceBound = std::function<std::vector<std::optional<Distance>>(
    const Graph& graph, const std::vector<NodeId>& nodes, const GivenValues& given, const std::vector<double>& code)>;

}  // namespace gradproof::notes
