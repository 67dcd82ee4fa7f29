// SPDX-License-Identifier: MIT
//
// Elementary functions of a long number, good to a few units of its last place, for a C library that computes those of
// long double in double. A series is added up to 120 bits.
#pragma once

#include <cmath>
#include <limits>

namespace gradproof::playground {

// Other numbers than long double bring theirs by argument-dependent lookup, which must not find the functions below.
using std::abs;
using std::floor;
using std::frexp;
using std::isfinite;
using std::isnan;
using std::ldexp;

/// ln 2 as a double and what is missing: a product of the first with a small whole number is exact.
inline constexpr double ln_2_begin = 0x1.62e42fefa39efp-1;
template <class T>
T ln_2_rest() {
    return T(0x1.abc9e3b39803fp-56) + T(0x1.7b57a079a1934p-111);
}

/// 1 / √π.
template <class T>
T inverse_root_of_pi() {
    return T(0x1.20dd750429b6dp-1) + (T(0x1.1ae3a914fed80p-57) + T(-0x1.3cbbebf65f145p-112));
}

/// exp(x) - 1 for |x| <= 0.4: the series of x / 32, and five times e^2x - 1 = (e^x - 1)(e^x + 1), in which nothing
/// cancels.
template <class T>
T small_expm1(const T& x) {
    constexpr int halvings = 5;
    constexpr int terms = 15;
    const T t = ldexp(x, -halvings);
    T sum = T(1);
    for (int n = terms; n > 1; --n) sum = T(1) + sum * t / T(n);
    T e = t * sum;
    for (int n = 0; n < halvings; ++n) e = e * (e + T(2));
    return e;
}

template <class T>
T exp(const T& x) {
    if (isnan(x)) return x;
    // Beyond the range of numbers with 15 bits of exponent, denormal ones too.
    if (x > T(11400)) return std::numeric_limits<T>::infinity();
    if (x < T(-11500)) return T(0);
    const T doublings = floor(x / T(ln_2_begin) + T(0.5));
    const T rest = (x - doublings * T(ln_2_begin)) - doublings * ln_2_rest<T>();
    return ldexp(T(1) + small_expm1(rest), static_cast<int>(doublings));
}

template <class T>
T expm1(const T& x) {
    if (x == T(0)) return x;
    return abs(x) < T(0.4) ? small_expm1(x) : T(playground::exp(x) - T(1));
}

/// log((1 + s) / (1 - s)) for |s| <= 0.18: twice the series of the inverse of tanh.
template <class T>
T log_of_ratio(const T& s) {
    constexpr int terms = 26;
    const T square = s * s;
    T sum = T(0);
    for (int n = terms; n >= 0; --n) sum = sum * square + T(1) / T(2 * n + 1);
    return T(2) * s * sum;
}

template <class T>
T log(const T& x) {
    if (isnan(x) || x < T(0)) return std::numeric_limits<T>::quiet_NaN();
    if (x == T(0)) return -std::numeric_limits<T>::infinity();
    if (!isfinite(x)) return x;
    int exponent = 0;
    T mantissa = frexp(x, &exponent);  // from 1/2 to 1, and then from √½ to √2
    if (mantissa < T(0.70710678)) {
        mantissa = mantissa * T(2);
        --exponent;
    }
    const T rest = T(exponent) * ln_2_rest<T>() + log_of_ratio(T((mantissa - T(1)) / (mantissa + T(1))));
    return T(exponent) * T(ln_2_begin) + rest;
}

template <class T>
T log1p(const T& x) {
    if (x == T(0)) return x;
    return abs(x) < T(0.3) ? log_of_ratio(T(x / (x + T(2)))) : playground::log(T(T(1) + x));
}

template <class T>
T tanh(const T& x) {
    constexpr double one_to_the_last_bit = 45;
    if (x < T(0)) return -playground::tanh(T(-x));
    if (x > T(one_to_the_last_bit)) return T(1);
    const T e = playground::expm1(T(T(2) * x));
    return e / (e + T(2));
}

template <class T>
T sinh(const T& x) {
    if (x < T(0)) return -playground::sinh(T(-x));
    if (x > T(100)) {
        const T root = playground::exp(T(x / T(2)));  // exp(x) may be beyond the range where half of it is not
        return root / T(2) * root;
    }
    const T e = playground::expm1(x);
    return (e + e / (e + T(1))) / T(2);
}

template <class T>
T cosh(const T& x) {
    if (x < T(0)) return playground::cosh(T(-x));
    if (x > T(100)) return playground::sinh(x);
    const T e = playground::exp(x);
    return (e + T(1) / e) / T(2);
}

template <class T>
T erfc(const T& x);

template <class T>
T erf(const T& x) {
    constexpr double series_below = 2;
    if (x < T(0)) return -playground::erf(T(-x));
    if (!(x < T(series_below))) return T(1) - playground::erfc(x);
    // All terms of 2/√π exp(-x²) (x + 2x³/3 + 4x⁵/15 + ...) have one sign.
    constexpr int terms = 60;
    T sum = T(1);
    for (int n = terms; n > 0; --n) sum = T(1) + sum * T(2) * x * x / T(2 * n + 1);
    return T(2) * inverse_root_of_pi<T>() * playground::exp(T(-x * x)) * x * sum;
}

template <class T>
T erfc(const T& x) {
    constexpr double fraction_from = 2;
    if (isnan(x)) return x;
    if (x < T(fraction_from)) return T(1) - playground::erf(x);
    if (x > T(110)) return T(0);
    // exp(-x²)/√π / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))): its error falls as exp(-2x √(2n)).
    T denominator = x;
    for (int n = 250; n > 0; --n) denominator = x + T(n) / T(2) / denominator;
    return playground::exp(T(-x * x)) * inverse_root_of_pi<T>() / denominator;
}

}  // namespace gradproof::playground
