// SPDX-License-Identifier: MIT
//
// Derivatives of a function of one variable from its values, each with an error bar: what truncation and rounding can
// have done to it. derivations/finite_differences.md
#pragma once

#include <functional>

#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

using RealFunction = std::function<double(double)>;

/// How far computed values of f near x scatter around a smooth curve: an estimate of the absolute rounding error (or
/// noise) of one value, from the differences of equally spaced values, 31 at each of three spacings of one to three
/// times `spacing`. Never below half an ulp of the values. See Moré and Wild, "Estimating computational noise", SIAM J.
/// Sci. Comput. 33 (2011).
double noise_of(const RealFunction& f, double x, double spacing);

/// (f(x + h) - f(x)) / h. The bar is twice its truncation h |f''| / 2, with f'' from a third value, plus rounding.
Estimate forward_difference(const RealFunction& f, double x, double h, double noise);

/// (f(x + h) - f(x - h)) / 2h. The bar is twice its truncation, which goes with h² and is found by taking h / 2 as
/// well, plus rounding.
Estimate central_difference(const RealFunction& f, double x, double h, double noise);

/// Central differences with steps h, h/2, h/4, ... (`levels` of them) extrapolated to step 0. The bar is the correction
/// of the last extrapolation, plus the distance to the same from h/2 on, plus the rounding that extrapolation
/// amplifies.
Estimate richardson_difference(const RealFunction& f, double x, double h, double noise, int levels = 4);

/// One-sided differences from `side` (+1 or -1) with steps h, h/2, ... extrapolated to step 0: the derivative from that
/// side at a kink.
Estimate one_sided_difference(const RealFunction& f, double x, double h, double noise, int side, int levels = 5);

/// The best of the above without being told a step: Richardson-extrapolated central differences over a range of steps,
/// the one with the narrowest bar. If the two one-sided derivatives differ by more than their bars, x is taken for a
/// kink and the estimate is the interval between them. f must be finite around x; where it is not, the estimate is NaN
/// with an infinite bar.
Estimate derivative_with_error_bar(const RealFunction& f, double x);

}  // namespace gradproof::checks
