// SPDX-License-Identifier: MIT
#include "differences/network/estimate_sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

namespace gradproof::checks {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

std::shared_ptr<const KinkConventions> sum_of_conventions(const Estimate& a, const Estimate& b) {
    if (!a.conventions && !b.conventions) return nullptr;
    if (!a.conventions) return std::make_shared<KinkConventions>(b.conventions->shifted_by(a.value));
    if (!b.conventions) return std::make_shared<KinkConventions>(a.conventions->shifted_by(b.value));
    const KinkConventions& x = *a.conventions;
    const KinkConventions& y = *b.conventions;
    KinkConventions sum{.values = {},
                        .declared = x.declared + y.declared,
                        .lower = x.lower + y.lower,
                        .upper = x.upper + y.upper,
                        .is_interpolated = false};
    for (const double c : {0.0, 0.5, 1.0}) sum.values.push_back(x.at(c) + y.at(c));
    return std::make_shared<KinkConventions>(std::move(sum));
}

std::shared_ptr<const KinkConventions> multiple_of_conventions(const Estimate& a, double factor) {
    if (!a.conventions) return nullptr;
    KinkConventions multiple = *a.conventions;
    for (double& value : multiple.values) value *= factor;
    for (double* const number : {&multiple.declared, &multiple.lower, &multiple.upper}) *number *= factor;
    if (factor < 0) std::swap(multiple.lower, multiple.upper);
    return std::make_shared<KinkConventions>(std::move(multiple));
}

}  // namespace

Estimate sum_of(const Estimate& a, const Estimate& b) {
    return {.value = a.value + b.value,
            .error_bar = a.error_bar + b.error_bar,
            .scale = a.scale + b.scale,
            .from_below = a.from_below + b.from_below,
            .from_above = a.from_above + b.from_above,
            // The sum itself rounds once more, in anybody's program.
            .rounding = a.rounding + b.rounding + epsilon * (a.scale + b.scale),
            .method = std::max(a.method, b.method),
            .movement = a.movement + b.movement,
            .conventions = sum_of_conventions(a, b)};
}

Estimate multiple_of(const Estimate& a, double factor) {
    if (a.method == Method::not_checked) return a;
    const double size = std::abs(factor);
    return {.value = factor * a.value,
            .error_bar = size * a.error_bar + epsilon * size * std::abs(a.value),
            .scale = size * a.scale,
            .from_below = factor * a.from_below,
            .from_above = factor * a.from_above,
            .rounding = size * a.rounding + epsilon * size * a.scale,
            .method = a.method,
            .movement = size * a.movement,
            .conventions = multiple_of_conventions(a, factor)};
}

}  // namespace gradproof::checks
