// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "notes/algebra/symbol.hpp"

namespace gradproof::proof {

/// A point at which two formulas certainly differ: balls around their values that have no point in common.
struct Witness {
    std::vector<std::pair<std::string, std::string>> point;  // the symbols that occur, and their values
    std::string left;
    std::string right;

    std::string str() const;
};

/// Looks at points with small rational coordinates, inside the symbols' domains and under the assumptions in force. The
/// points are the same in every run.
std::optional<Witness> find_witness(const Symbol& left, const Symbol& right);

/// The sign of an element that depends on no symbol, where a ball around its value tells it; never 0.
std::optional<int> sign_of_constant(const Symbol& of);

}  // namespace gradproof::proof
