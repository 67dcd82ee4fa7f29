// SPDX-License-Identifier: MIT
//
// Dual numbers a + b ε with ε² = 0: running a formula on x + ε gives its value and its derivative at x, exact to
// rounding, with no step and no difference. Beside the derivative goes the sum of the absolute values of the terms that
// make it up, which is what its rounding is relative to: where they cancel, fewer digits of the derivative are right.
// Boost.Math's autodiff does the first for scalars, but has no log1p and no expm1, which the stable formulas need;
// checks/tests/differences/oracle_cases.cpp compares the two where both can. derivations/finite_differences.md
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <concepts>
#include <numbers>

#include "gradproof/scalar.hpp"

namespace gradproof::checks {

template <std::floating_point T>
struct Dual {
    T value{};
    T derivative{};
    T magnitude{};  ///< sum of the absolute values of the terms of `derivative`

    constexpr Dual() = default;
    constexpr Dual(T constant) : value(constant) {}  // a constant is a dual number without ε
    constexpr Dual(T value_, T derivative_)
        : Dual(value_, derivative_, derivative_ < T(0) ? -derivative_ : derivative_) {}
    constexpr Dual(T value_, T derivative_, T magnitude_)
        : value(value_), derivative(derivative_), magnitude(magnitude_) {}
    template <std::convertible_to<T> U>
    requires(!std::same_as<U, T>) explicit constexpr Dual(U constant) : value(static_cast<T>(constant)) {}

    friend constexpr Dual operator+(const Dual& a, const Dual& b) {
        return {a.value + b.value, a.derivative + b.derivative, a.magnitude + b.magnitude};
    }
    friend constexpr Dual operator-(const Dual& a, const Dual& b) {
        return {a.value - b.value, a.derivative - b.derivative, a.magnitude + b.magnitude};
    }
    friend constexpr Dual operator-(const Dual& a) { return {-a.value, -a.derivative, a.magnitude}; }
    friend constexpr Dual operator*(const Dual& a, const Dual& b) {
        return {a.value * b.value, a.derivative * b.value + a.value * b.derivative,
                a.magnitude * absolute(b.value) + absolute(a.value) * b.magnitude};
    }
    friend constexpr Dual operator/(const Dual& a, const Dual& b) {
        const T quotient = a.value / b.value;
        return {quotient, (a.derivative - quotient * b.derivative) / b.value,
                (a.magnitude + absolute(quotient) * b.magnitude) / absolute(b.value)};
    }
    constexpr Dual& operator+=(const Dual& b) { return *this = *this + b; }
    constexpr Dual& operator-=(const Dual& b) { return *this = *this - b; }
    constexpr Dual& operator*=(const Dual& b) { return *this = *this * b; }
    constexpr Dual& operator/=(const Dual& b) { return *this = *this / b; }

    // Order and equality are the values': a branch does not see ε.
    friend constexpr bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
    friend constexpr bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
    friend constexpr bool operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
    friend constexpr bool operator>=(const Dual& a, const Dual& b) { return a.value >= b.value; }
    friend constexpr bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }

    friend Dual exp(const Dual& a) {
        // A rounding of a by half an ulp moves e^a, value and slope alike, by |a| half ulps.
        Dual e = chain(a, std::exp(a.value), std::exp(a.value));
        e.magnitude *= T(1) + absolute(a.value);
        return e;
    }
    friend Dual expm1(const Dual& a) { return chain(a, std::expm1(a.value), std::exp(a.value)); }
    friend Dual log(const Dual& a) { return chain(a, std::log(a.value), T(1) / a.value); }
    friend Dual log1p(const Dual& a) { return chain(a, std::log1p(a.value), T(1) / (T(1) + a.value)); }
    friend Dual tanh(const Dual& a) {
        // 1 / cosh², not 1 - tanh²: the library's own form must not be its judge.
        const T reciprocal = T(1) / std::cosh(a.value);
        return chain(a, std::tanh(a.value), reciprocal * reciprocal);
    }
    friend Dual sqrt(const Dual& a) { return chain(a, std::sqrt(a.value), T(0.5) / std::sqrt(a.value)); }
    friend Dual sin(const Dual& a) { return chain(a, std::sin(a.value), std::cos(a.value)); }
    friend Dual cos(const Dual& a) { return chain(a, std::cos(a.value), -std::sin(a.value)); }
    friend Dual sinh(const Dual& a) { return chain(a, std::sinh(a.value), std::cosh(a.value)); }
    friend Dual cosh(const Dual& a) { return chain(a, std::cosh(a.value), std::sinh(a.value)); }
    friend Dual atan(const Dual& a) { return chain(a, std::atan(a.value), T(1) / (T(1) + a.value * a.value)); }
    friend Dual erf(const Dual& a) { return chain(a, std::erf(a.value), bell(a.value)); }
    friend Dual erfc(const Dual& a) { return chain(a, std::erfc(a.value), -bell(a.value)); }
    friend Dual abs(const Dual& a) { return a.value < T(0) ? -a : a; }
    friend constexpr Dual real_part(const Dual& a) { return a; }

  private:
    static constexpr T absolute(T x) { return x < T(0) ? -x : x; }
    // The slope of erf.
    static T bell(T x) { return T(2) * std::numbers::inv_sqrtpi_v<T> * std::exp(-x * x); }
    // f(a) from f's value and slope at a.
    static Dual chain(const Dual& a, T value_there, T slope) {
        return {value_there, slope * a.derivative, absolute(slope) * a.magnitude};
    }
};

/// f'(x) of a formula that runs on dual numbers. Precondition: f is smooth at x; at a kink this is the derivative of
/// the branch that f takes there.
template <std::floating_point T, class F>
T dual_derivative(F&& f, T x) {
    return f(Dual<T>(x, T(1))).derivative;
}

}  // namespace gradproof::checks

template <class T>
struct Eigen::NumTraits<gradproof::checks::Dual<T>> : Eigen::NumTraits<T> {
    using Real = gradproof::checks::Dual<T>;
    using NonInteger = gradproof::checks::Dual<T>;
    using Nested = gradproof::checks::Dual<T>;
    using Literal = gradproof::checks::Dual<T>;
    enum {
        IsComplex = 0,
        IsInteger = 0,
        IsSigned = 1,
        RequireInitialization = 1,
        ReadCost = 3,
        AddCost = 3,
        MulCost = 7
    };
};
