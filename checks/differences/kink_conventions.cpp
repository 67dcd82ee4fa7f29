// SPDX-License-Identifier: MIT
#include "gradproof/checks/kink_conventions.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace gradproof::checks {
namespace {

// Between neighbours of so many values of c the polynomial is taken for a straight line. A maximum inside is then
// missed by at most 1e-5 of the polynomial's second derivative, and only for a c that nobody uses.
constexpr int parts = 128;

}  // namespace

// Neville's scheme.
double KinkConventions::at(double c) const {
    const auto spacing = static_cast<double>(values.size() - 1);
    if (const double index = c * spacing; index == std::floor(index)) return values[static_cast<std::size_t>(index)];
    std::vector<double> column = values;
    for (std::size_t order = 1; order < column.size(); ++order)
        for (std::size_t k = 0; k + order < column.size(); ++k) {
            const double from_left = c * spacing - static_cast<double>(k);
            column[k] += (column[k + 1] - column[k]) * from_left / static_cast<double>(order);
        }
    return column.front();
}

bool KinkConventions::gives(double value, const KinkConvention& convention, double error_bar) const {
    const double c = convention.c;
    const bool is_known = convention.as_declared || is_interpolated || c == 0 || c == 0.5 || c == 1;
    return is_known && std::abs(at(convention) - value) <= error_bar;
}

std::optional<KinkConvention> KinkConventions::convention_of(double value, double error_bar) const {
    for (const KinkConvention usual : {KinkConvention{0}, {1}, {0.5}, {.as_declared = true}})
        if (gives(value, usual, error_bar)) return usual;
    if (!is_interpolated) return std::nullopt;
    double from = at(0);
    for (int part = 1; part <= parts; ++part) {
        const double to = at(static_cast<double>(part) / parts);
        if (std::min(from, to) - error_bar <= value && value <= std::max(from, to) + error_bar) {
            const double share = from == to ? 0.5 : std::clamp((value - from) / (to - from), 0.0, 1.0);
            return KinkConvention{(part - 1 + share) / parts};
        }
        from = to;
    }
    return std::nullopt;
}

KinkConventions KinkConventions::shifted_by(double slope) const {
    KinkConventions shifted = *this;
    for (double& value : shifted.values) value += slope;
    shifted.declared += slope;
    shifted.lower += slope;
    shifted.upper += slope;
    return shifted;
}

}  // namespace gradproof::checks
