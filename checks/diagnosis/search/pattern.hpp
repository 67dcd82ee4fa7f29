// SPDX-License-Identifier: MIT
//
// How numbers are wrong when no mistake of the catalogue explains them: what a person would see in the quotient and the
// difference of the two matrices.
#pragma once

#include <string>
#include <string_view>

#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

enum class Kind {
    none,              ///< right, to rounding
    not_finite,        ///< NaN or infinities
    single_entries,    ///< a few entries, at most a tenth of them
    constant_ratio,    ///< all by one factor
    ratio_per_row,     ///< each row by its own factor
    ratio_per_column,  ///< each column by its own factor
    constant_offset,   ///< all by one number added
    rows,              ///< some whole rows, the others right
    columns,           ///< some whole columns, the others right
    transposed,        ///< the right numbers at transposed places
    all_zero,          ///< nothing was computed
    no_pattern,
};

struct Pattern {
    Kind kind = Kind::none;
    std::string text{};  ///< one sentence with the numbers in it

    std::string_view slug() const;
};

/// Compares `yours` with the `right` value, within `rounding` entry by entry (same shape).
Pattern pattern_of(const Tensor& yours, const Tensor& right, const Tensor& rounding);

}  // namespace gradproof::diagnosis
