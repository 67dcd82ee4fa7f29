// SPDX-License-Identifier: MIT
#include "differences/long_range.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gradproof::checks {
namespace {

constexpr std::size_t points = 33;
// The coefficients from this one on must be rounding. Those of a function that is smooth as far as 0, or as far as its
// own x from x, have fallen to 1e-15 there: each is 3.7 times smaller than the one before.
constexpr std::size_t first_of_tail = 26;
constexpr double roundings = 64;

}  // namespace

bool is_smooth_over_half(SampledLine& line, Eigen::Index component) {
    const double x = line.x();
    const double reach = 0.5 * (x == 0 ? 1.0 : std::abs(x));
    std::array<double, points> values;
    double largest = 0;
    for (std::size_t n = 0; n < points; ++n) {
        const double angle = std::numbers::pi * (static_cast<double>(n) + 0.5) / points;
        values[n] = line.value(x + reach * std::cos(angle), component);
        if (!std::isfinite(values[n])) return false;
        largest = std::max(largest, std::abs(values[n]));
    }
    for (std::size_t k = first_of_tail; k < points; ++k) {
        double coefficient = 0;  // of the k-th Chebyshev polynomial
        for (std::size_t n = 0; n < points; ++n) {
            const double angle = std::numbers::pi * (static_cast<double>(n) + 0.5) / points;
            coefficient += 2.0 / points * (values[n] / largest) * std::cos(static_cast<double>(k) * angle);
        }
        if (std::abs(coefficient) > roundings * 0x1p-53) return false;
    }
    return true;
}

}  // namespace gradproof::checks
