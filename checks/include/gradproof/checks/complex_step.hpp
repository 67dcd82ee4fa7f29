// SPDX-License-Identifier: MIT
//
// The complex step: f(x + ih) = f(x) + ih f'(x) - ..., so Im f(x + ih) / h is the derivative with nothing subtracted,
// and h may be so small that truncation vanishes. It needs a formula that runs on complex numbers and is analytic at x.
// derivations/finite_differences.md (complex step)
#pragma once

#include <complex>

namespace gradproof::checks {

/// Far below the square root of the unit roundoff, so that h² is lost in every sum; far above the smallest double.
inline constexpr double complex_step_size = 0x1p-100;

/// f'(x) to rounding. Precondition: f is analytic at x.
template <class F>
double complex_step_derivative(F&& f, double x) {
    return f(std::complex<double>(x, complex_step_size)).imag() / complex_step_size;
}

}  // namespace gradproof::checks
