// SPDX-License-Identifier: MIT
//
// How far the numbers of a right program can lie from ours: both round, in another order, and rounding grows on its way
// through the layers. A running error bound in the working precision of the other program; this, not a tolerance,
// decides whether numbers are reproduced "to rounding". derivations/finite_differences.md (rounding)
#pragma once

#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

inline constexpr double double_roundoff = 0x1p-53;
inline constexpr double float_roundoff = 0x1p-24;

/// Absolute error bounds, in the places of what they bound.
struct Roundings {
    Cache<double> cache;
    Gradients<double> gradients;
    double cost = 0;
};

/// Bounds for a program that takes `network`, X and Y as they are and computes in numbers with this unit roundoff.
/// `gradients` are the right ones, with dA[L] in them; without dA[0] there is no bound on it.
Roundings roundings_of(const Network<double>& network, const Cache<double>& cache, const Matrix<double>& Y,
                       const Gradients<double>& gradients, double unit_roundoff);

}  // namespace gradproof::diagnosis
