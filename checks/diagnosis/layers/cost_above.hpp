// SPDX-License-Identifier: MIT
//
// What stands above a layer that gives losses: the cost, which is their mean or their sum. People save its derivatives
// and no upstream one.
#pragma once

#include <string>
#include <vector>

#include "gradproof/array.hpp"

namespace gradproof::diagnosis {

struct CostAbove {
    std::string words;  ///< "the mean of all 12 losses"
    double divisor;     ///< of the sum of all losses; the derivative of the cost in each of them is one by it
};

/// Those that losses of this shape may have, the usual first: the mean of all, the mean over the examples in rows or in
/// columns, the sum.
std::vector<CostAbove> costs_above(const Shape& losses);

}  // namespace gradproof::diagnosis
