// SPDX-License-Identifier: MIT
//
// What the sets of a note stand for where their ends and members are written in digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "notes/reader/tree.hpp"

namespace gradproof::notes {

/// The digits of a number that is written in digits, with its sign: "-0.5".
std::optional<std::string> digits_of(const Tree& tree);

/// -1, 0, 1 as a < b, a = b, a > b. Digits as in Domain: a sign, digits, perhaps a point.
int compare_digits(std::string_view a, std::string_view b);

/// The values of a set written in digits; nothing for other sets.
std::optional<Domain> domain_of(const Tree& set);

/// The values that lie in both; nothing if there are none. Both are of the kinds interval and finite.
std::optional<Domain> intersection(const Domain& a, const Domain& b);

}  // namespace gradproof::notes
