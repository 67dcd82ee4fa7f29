// SPDX-License-Identifier: MIT
//
// Evidence gathered value by value: a formula's result, an estimate of what it should be, and where.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claims/claim.hpp"
#include "claims/scalar_case.hpp"

namespace gradproof::checks {

struct Comparison {
    std::string point;
    double computed;
    Estimate expected;
};

/// Judges each comparison; column i of the verdict is comparison i.
Evidence evidence_of(std::string_view name, const std::vector<Comparison>& comparisons);

/// What a formula of a handful of operations may round in double, as a multiple of the sum of the magnitudes of its
/// terms.
inline constexpr double formula_rounding = 64 * 0x1p-53;

/// A value known to rounding (from dual numbers, a complex step or another formula), compared with one that is computed
/// from terms of size `scale`: near 0 such a value has absolute accuracy only.
Estimate known_value(double value, double scale, Method method = Method::dual_number);

std::string at(std::string_view variable, double point);

}  // namespace gradproof::checks
