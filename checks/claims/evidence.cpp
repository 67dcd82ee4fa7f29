// SPDX-License-Identifier: MIT
#include "claims/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradproof::checks {

Evidence evidence_of(std::string_view name, const std::vector<Comparison>& comparisons) {
    const auto count = static_cast<Eigen::Index>(comparisons.size());
    Eigen::MatrixXd computed(1, count);
    TensorEstimate expected(std::string(name), 1, count);
    Evidence evidence;
    for (Eigen::Index i = 0; i < count; ++i) {
        const Comparison& comparison = comparisons[static_cast<std::size_t>(i)];
        computed(0, i) = comparison.computed;
        expected(0, i) = comparison.expected;
        evidence.points.push_back(comparison.point);
    }
    evidence.verdict = judge_tensor(computed, expected);
    return evidence;
}

Estimate known_value(double value, double scale, Method method) {
    const double magnitude = std::max(std::abs(value), scale);
    return smooth_estimate(value, formula_rounding * magnitude, magnitude, method);
}

std::string at(std::string_view variable, double point) {
    return fmt::format("{} = {:g}", variable, point);
}

}  // namespace gradproof::checks
