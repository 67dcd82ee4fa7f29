// SPDX-License-Identifier: MIT
//
// Whether arrays are the same but for rounding, and how far what was computed in float32 may be off.
#pragma once

#include "differences/jacobian_verdicts.hpp"
#include "gradproof/array.hpp"

namespace gradproof::diagnosis {

/// Formulas written otherwise round otherwise, by this share of the largest entry; a mistake is off by more.
double agreement_of(bool is_float32);

/// The largest absolute value; 0 where there is none or one is not finite.
double largest_of(const Array<double>& array);

/// Whether both have the same shape and differ by no more than `share` of the largest entry. `scale` is the size of
/// what the numbers are made of, where that may be more than they come to.
bool agree(const Array<double>& a, const Array<double>& b, double scale = 0, double share = agreement_of(false));

/// The first axis against the others.
Eigen::MatrixXd as_rows(const Array<double>& array);

/// What double precision asks for; or for a derivative that was saved, and so computed, in float32: fewer digits, and
/// the rounding of a sum.
checks::JacobianOptions options_for(const Array<double>& given, bool is_float32);

}  // namespace gradproof::diagnosis
