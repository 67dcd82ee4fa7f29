// SPDX-License-Identifier: MIT
#include "notes/engines/resemblance.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>

namespace gradproof::notes {
namespace {

// c as "2", "-1/2" if it is such a number
std::optional<std::pair<int, int>> small_fraction(const Real& c) {
    for (int bottom = 1; bottom <= 12; ++bottom) {
        const Real top = c * bottom;
        const Real whole = round(top);
        if (abs(whole) <= 24 && whole != 0 && abs(top - whole) < Real(1e-25))
            return std::pair(static_cast<int>(whole), bottom);
    }
    return std::nullopt;
}

std::string named_fraction(int top, int bottom) {
    return bottom == 1 ? std::to_string(top) : fmt::format("{}/{}", top, bottom);
}

}  // namespace

std::string resemblance(const std::vector<std::vector<Real>>& rows,
                        const std::vector<std::pair<std::string, NodeId>>& parts,
                        const std::vector<std::pair<std::string, int>>& sizes) {
    const auto constant = [&](auto&& of) -> std::optional<Real> {
        std::optional<Real> first;
        for (const auto& row : rows) {
            const std::optional<Real> value = of(row);
            if (!value) return std::nullopt;
            if (!first) first = value;
            if (abs(*value - *first) > Real(1e-25) * (1 + abs(*first))) return std::nullopt;
        }
        return first;
    };
    const auto over = [](const Real& a, const Real& b) -> std::optional<Real> {
        if (abs(b) < Real(1e-30)) return std::nullopt;
        return a / b;
    };
    if (const auto ratio = constant([&](const auto& row) { return over(row[1], row[0]); })) {
        if (*ratio == -1 || abs(*ratio + 1) < Real(1e-25)) return "the right side is minus the left one: a sign";
        for (const auto& [name, size] : sizes) {
            if (size == 1) continue;
            if (abs(*ratio - size) < Real(1e-25))
                return fmt::format("the right side is {0} times the left one: a factor {0}", name);
            if (abs(*ratio * size - 1) < Real(1e-25))
                return fmt::format("the right side is 1/{0} of the left one: a factor {0}", name);
        }
        if (const auto fraction = small_fraction(*ratio))
            return fmt::format("the right side is {} times the left one: a constant factor",
                               named_fraction(fraction->first, fraction->second));
    }
    if (rows.size() < 3) return {};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& name = parts[i].first;
        const auto part = [i](const auto& row) -> const Real& { return row[i + 2]; };
        if (constant([&](const auto& row) { return std::optional(part(row)); })) continue;
        if (const auto c = constant([&](const auto& row) { return over(row[1], row[0] * part(row)); });
            c && small_fraction(*c))
            return fmt::format("the right side has the factor {} too many", name);
        if (const auto c = constant([&](const auto& row) { return over(row[0], row[1] * part(row)); });
            c && small_fraction(*c))
            return fmt::format("the right side lacks the factor {}", name);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto c = constant([&](const auto& row) { return over(row[1] - row[0], row[i + 2]); });
        if (!c) continue;
        const auto fraction = small_fraction(*c);
        if (!fraction) continue;
        const bool twice = std::abs(fraction->first) == 2 && fraction->second == 1;
        return fmt::format("the difference is {} times {}{}", named_fraction(fraction->first, fraction->second),
                           parts[i].first, twice ? ": a sign" : "");
    }
    return {};
}

}  // namespace gradproof::notes
