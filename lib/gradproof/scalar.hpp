// SPDX-License-Identifier: MIT
//
// What the formulas need of a number. A formula is a template on its scalar, so that one formula runs as double, as
// std::complex<double> (complex step), as a dual number, with 50 digits, and on symbols. Inside namespace gradproof
// the elementary functions are called unqualified: std's are made visible here, other scalars bring their own.
#pragma once

#include <cmath>
#include <complex>
#include <concepts>
#include <limits>
#include <numbers>

#ifdef __FAST_MATH__
#error "gradproof needs IEEE arithmetic: -ffast-math cancels (x + h) - x and ruins every difference; build without it"
#endif

namespace gradproof {

using std::atan;
using std::cos;
using std::cosh;
using std::erf;
using std::erfc;
using std::exp;
using std::expm1;
using std::log;
using std::log1p;
using std::sin;
using std::sinh;
using std::sqrt;
using std::tanh;

/// log(1 + z) for a complex z near 0, where 1 + z alone would lose the digits of z. The real part is
/// log|1 + z| = log1p(2x + |z|²) / 2, the imaginary part the angle of 1 + z; std has no complex log1p.
template <std::floating_point T>
std::complex<T> log1p(const std::complex<T>& z) {
    const T x = z.real();
    const T y = z.imag();
    return {std::log1p(x * (T(2) + x) + y * y) / T(2), std::atan2(y, T(1) + x)};
}

/// exp(z) - 1 for a complex z near 0; std has no complex expm1.
template <std::floating_point T>
std::complex<T> expm1(const std::complex<T>& z) {
    const T sine_of_half = std::sin(z.imag() / T(2));
    const T cosine_minus_1 = T(-2) * sine_of_half * sine_of_half;
    const T growth = std::expm1(z.real());
    return {growth + cosine_minus_1 + growth * cosine_minus_1, std::exp(z.real()) * std::sin(z.imag())};
}

/// erf(z) for a complex z so near the real line that the square of its imaginary part is nothing beside 1, as the
/// complex step takes it: erf(x) + i y erf'(x). std has no complex erf.
template <std::floating_point T>
std::complex<T> erf(const std::complex<T>& z) {
    const T x = z.real();
    return {std::erf(x), z.imag() * std::numbers::inv_sqrtpi_v<T> * T(2) * std::exp(-x * x)};
}

/// 1 - erf(z), with the digits that the difference would lose where erf is near 1; z as in erf.
template <std::floating_point T>
std::complex<T> erfc(const std::complex<T>& z) {
    return {std::erfc(z.real()), -erf(z).imag()};
}

/// The part of a number that decides a branch: the number itself, or the real part of a complex one.
template <class S>
S real_part(const S& z) {
    return z;
}
template <class T>
T real_part(const std::complex<T>& z) {
    return z.real();
}

/// A number that smooth formulas run on: a field with the elementary functions.
template <class S>
concept Scalar = std::copyable<S> && requires(S a, S b) {
    { a + b } -> std::convertible_to<S>;
    { a - b } -> std::convertible_to<S>;
    { a* b } -> std::convertible_to<S>;
    { a / b } -> std::convertible_to<S>;
    { -a } -> std::convertible_to<S>;
    { exp(a) } -> std::convertible_to<S>;
    { log(a) } -> std::convertible_to<S>;
    { log1p(a) } -> std::convertible_to<S>;
    { tanh(a) } -> std::convertible_to<S>;
    { sin(a) } -> std::convertible_to<S>;
    { cos(a) } -> std::convertible_to<S>;
    { atan(a) } -> std::convertible_to<S>;
    { erf(a) } -> std::convertible_to<S>;
    { erfc(a) } -> std::convertible_to<S>;
    { real_part(a) < real_part(b) } -> std::convertible_to<bool>;
    S(0.5);
};

/// A number with an order, as a formula with a kink needs. Complex numbers have none, so such a formula as it
/// stands has no complex step, and no flag has to say so.
template <class S>
concept Ordered = Scalar<S> && requires(S a, S b) {
    { a < b } -> std::convertible_to<bool>;
};

/// A number as it is written in decimal: 0.01 is one hundredth in whatever precision S has, where S(0.01) would be the
/// double nearest to it.
template <Scalar S>
S as_written(double number) {
    if constexpr (!std::same_as<S, double>) {
        constexpr double whole = 0x1p53;  // up to here every whole number is a double
        double power = 1;
        for (int digits = 0; digits <= 15; ++digits, power *= 10) {
            const double scaled = std::round(number * power);
            if (std::abs(scaled) <= whole && scaled / power == number) return S(scaled) / S(power);
        }
    }
    return S(number);
}

/// √π in the precision of a number of this type, up to 59 digits; numbers that have π itself have their own.
template <Scalar S>
S root_of_pi(const S&) {
    const S rest = (S(114518279754945.0) + S(612238712821380.0) / S(1e15)) / S(1e15);
    return (S(177245385090551.0) + (S(602729816748334.0) + rest) / S(1e15)) / S(1e14);
}

/// x log y with 0 log 0 = 0: a label of 0 takes its term out of a cross-entropy whatever the prediction is.
template <Scalar S>
S x_log_y(const S& x, const S& y) {
    if (x == S(0)) return S(0);
    return x * log(y);
}

/// log(1 - a): a small a has digits that 1 - a would lose, and from one half on 1 - a is exact.
template <Scalar S>
S log_of_rest(const S& a) {
    if (real_part(a) < real_part(S(0.5))) return log1p(S(-a));
    return log(S(S(1) - a));
}

/// An interval of real numbers, each end open or closed.
struct Interval {
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    bool closed_below = false;
    bool closed_above = false;

    /// Whether x lies in the interval; NaN lies in none.
    constexpr bool contains(double x) const {
        return (x > lower || (closed_below && x == lower)) && (x < upper || (closed_above && x == upper));
    }
    /// Whether every point of this interval lies in `other`.
    constexpr bool is_within(const Interval& other) const {
        const bool from_below = lower > other.lower || (lower == other.lower && (other.closed_below || !closed_below));
        const bool from_above = upper < other.upper || (upper == other.upper && (other.closed_above || !closed_above));
        return from_below && from_above;
    }
};

inline constexpr Interval real_line{};
inline constexpr Interval positive_numbers{.lower = 0};
inline constexpr Interval open_unit_interval{.lower = 0, .upper = 1};
inline constexpr Interval closed_unit_interval{.lower = 0, .upper = 1, .closed_below = true, .closed_above = true};

}  // namespace gradproof
