// SPDX-License-Identifier: MIT
#include "notes/graph/set_values.hpp"

#include <algorithm>

namespace gradproof::notes {
namespace {

struct SplitNumber {
    bool negative = false;
    std::string whole;     // without zeros in front
    std::string fraction;  // without zeros behind
};

SplitNumber split(std::string_view text) {
    SplitNumber digits;
    if (text.starts_with('-')) {
        digits.negative = true;
        text.remove_prefix(1);
    }
    const auto point = text.find('.');
    auto whole = text.substr(0, point);
    auto fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    while (whole.starts_with('0')) whole.remove_prefix(1);
    while (fraction.ends_with('0')) fraction.remove_suffix(1);
    digits.whole = whole;
    digits.fraction = fraction;
    if (whole.empty() && fraction.empty()) digits.negative = false;
    return digits;
}

int sign_of(int order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

bool contains(const Domain& interval, std::string_view value) {
    const int above = interval.lower.empty() ? 1 : compare_digits(value, interval.lower);
    const int below = interval.upper.empty() ? 1 : compare_digits(interval.upper, value);
    return (above > 0 || (above == 0 && interval.closed_below)) && (below > 0 || (below == 0 && interval.closed_above));
}

bool has_member(const Domain& domain, std::string_view value) {
    if (domain.kind == Domain::Kind::interval) return contains(domain, value);
    return std::any_of(domain.members.begin(), domain.members.end(),
                       [&](const std::string& member) { return compare_digits(member, value) == 0; });
}

}  // namespace

std::optional<std::string> digits_of(const Tree& tree) {
    if (tree.kind == Kind::number) return tree.text;
    if (tree.kind == Kind::negate && tree.children[0].kind == Kind::number) return "-" + tree.children[0].text;
    return std::nullopt;
}

int compare_digits(std::string_view a, std::string_view b) {
    const SplitNumber left = split(a);
    const SplitNumber right = split(b);
    if (left.negative != right.negative) return left.negative ? -1 : 1;
    const int size = left.whole.size() != right.whole.size() ? (left.whole.size() < right.whole.size() ? -1 : 1)
                     : left.whole != right.whole             ? sign_of(left.whole.compare(right.whole))
                                                             : sign_of(left.fraction.compare(right.fraction));
    return left.negative ? -size : size;
}

std::optional<Domain> domain_of(const Tree& set) {
    Domain domain;
    if (set.kind == Kind::reals) return domain;
    if (set.kind == Kind::finite_set) {
        domain.kind = Domain::Kind::finite;
        for (const auto& member : set.children) {
            auto digits = digits_of(member);
            if (!digits) return std::nullopt;
            domain.members.push_back(std::move(*digits));
        }
        return domain;
    }
    if (set.kind != Kind::interval) return std::nullopt;
    for (const bool is_lower : {true, false}) {
        const Tree& end = set.children[is_lower ? 0 : 1];
        if (end.kind == Kind::infinity) continue;
        auto digits = digits_of(end);
        if (!digits) return std::nullopt;
        (is_lower ? domain.lower : domain.upper) = std::move(*digits);
    }
    domain.closed_below = set.ends.lower;
    domain.closed_above = set.ends.upper;
    return domain;
}

std::optional<Domain> intersection(const Domain& a, const Domain& b) {
    if (a.kind != Domain::Kind::finite && b.kind == Domain::Kind::finite) return intersection(b, a);
    Domain both = a;
    if (a.kind == Domain::Kind::finite) {
        std::erase_if(both.members, [&](const std::string& member) { return !has_member(b, member); });
        if (both.members.empty()) return std::nullopt;
        return both;
    }
    if (!b.lower.empty()) {
        const int order = both.lower.empty() ? -1 : compare_digits(both.lower, b.lower);
        if (order < 0) both.lower = b.lower;
        both.closed_below = order < 0 ? b.closed_below : both.closed_below && (order > 0 || b.closed_below);
    }
    if (!b.upper.empty()) {
        const int order = both.upper.empty() ? 1 : compare_digits(both.upper, b.upper);
        if (order > 0) both.upper = b.upper;
        both.closed_above = order > 0 ? b.closed_above : both.closed_above && (order < 0 || b.closed_above);
    }
    if (both.lower.empty() || both.upper.empty()) return both;
    const int width = compare_digits(both.lower, both.upper);
    if (width > 0 || (width == 0 && !(both.closed_below && both.closed_above))) return std::nullopt;
    return both;
}

}  // namespace gradproof::notes
