// SPDX-License-Identifier: MIT
//
// Formulas of the library as JavaScript, for pages that compute with them.
#pragma once

#include <string>
#include <string_view>

namespace gradproof::explore {

/// What Written printed, "1/2 (a - y)^2" or "(z if 0 < z, else 0)", as an expression of JavaScript. log(1 + u) becomes
/// Math.log1p(u) and exp(u) - 1 Math.expm1(u), since the library computes them so and Written prints what a reader
/// takes for the same; a product with a logarithm becomes timesLog(factor, logarithm), for which 0 log 0 is 0, and erf
/// and erfc are functions of the page as it is. Throws std::invalid_argument for text that is no such formula.
std::string javascript_of(std::string_view written);

}  // namespace gradproof::explore
