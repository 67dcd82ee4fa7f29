// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "notes/engines/claim_domain.hpp"
#include "notes/engines/graph_values.hpp"
#include "notes/verdict.hpp"

namespace gradproof::proof {

/// Looks at points of a claim's domain, the same in every run: refuted if the claim certainly fails at one of them;
/// certified if it claims that two things differ and at one of them they certainly do; else nothing. Throws
/// NotEvaluated.
std::optional<notes::Verdict> look_at_points(const notes::Graph& graph, const ClaimDomain& domains,
                                             const notes::Question& question, notes::Work& work);

/// The same at one point, given in digits.
std::optional<notes::Verdict> look_at_point(const notes::Graph& graph, const ClaimDomain& domains,
                                            const notes::Question& question,
                                            const std::map<Coordinate, std::string>& digits, notes::Work& work);

/// Whether the conditions of a claim hold. Throws Unclear.
template <class T>
bool conditions_hold(GraphValues<T>& values, const notes::Question& question) {
    return std::all_of(question.conditions.begin(), question.conditions.end(), [&](const auto& condition) {
        return values.holds(condition.relation, values.of(condition.left), values.of(condition.right));
    });
}

}  // namespace gradproof::proof
