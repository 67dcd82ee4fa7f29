// SPDX-License-Identifier: MIT
//
// What the two sides of a claim need to have a value: that no division is by 0, no logarithm of a number that is not
// positive, no root of a negative one. A claim holds for all values of its symbols only if these do.
#pragma once

#include <string>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::notes {

enum class Need : std::uint8_t { not_zero, positive, not_negative };

/// A condition of `cases`, as it has to come out for a part of a formula to be asked for.
struct Guard {
    NodeId condition = -1;
    bool holds = true;
    friend auto operator<=>(const Guard&, const Guard&) = default;
};

struct SideCondition {
    Need need = Need::not_zero;
    NodeId of = -1;                ///< what has to be so
    NodeId where = -1;             ///< the division, logarithm, root or power
    std::vector<Guard> guards;     ///< where it is asked for
    bool has_more_guards = false;  ///< which are too many to keep: where it is asked for is not known
};

/// The side conditions of a question's instances, without those that are about numbers in digits. A root that is
/// differentiated has no slope at 0, so that it has to be of a positive number.
std::vector<SideCondition> side_conditions(const Graph& graph, const std::vector<Symbol>& symbols,
                                           const Question& question);

/// "a (1 - a) \neq 0"
std::string text_of(const SideCondition& condition, const Graph& graph, const std::vector<Symbol>& symbols);

/// What happens where it does not hold: "\frac{q s}{s} divides by s = 0".
std::string failure_of(const SideCondition& condition, const Graph& graph, const std::vector<Symbol>& symbols);

}  // namespace gradproof::notes
