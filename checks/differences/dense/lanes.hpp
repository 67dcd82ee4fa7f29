// SPDX-License-Identifier: MIT
//
// Several numbers at once: the widest vector of doubles that the target has, and on it the few transcendental functions
// that the library's formulas call, each with one division and good to two and a half units in the last place. They
// follow the same stable forms as the formulas; checks/speed_cases holds them against the formulas. The exponential is
// a quotient,
//
//     e^y = 2^n (Q + P) / (Q - P),   y = n log 2 + r,   P odd and Q even in r   (Cephes, S. L. Moshier)
//
// so that tanh, sigmoid and softplus, themselves quotients of exponentials, need no second division.
#pragma once

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace gradproof::checks {

#if defined(__AVX512F__)
inline constexpr std::size_t lane_bytes = 64;
#elif defined(__AVX__)
inline constexpr std::size_t lane_bytes = 32;
#else
inline constexpr std::size_t lane_bytes = 16;
#endif
inline constexpr std::size_t lane_width = lane_bytes / sizeof(double);

using Lanes [[gnu::vector_size(lane_bytes)]] = double;
using LaneBits [[gnu::vector_size(lane_bytes)]] = std::int64_t;

inline Lanes load(const double* from) {
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}
inline void store(double* to, Lanes lanes) {
    std::memcpy(to, &lanes, sizeof lanes);
}
inline Lanes broadcast(double x) {
    return Lanes{} + x;
}
inline Lanes absolute(Lanes x) {
    return std::bit_cast<Lanes>(std::bit_cast<LaneBits>(x) & INT64_MAX);
}
/// `magnitude` (not negative) with the sign of `sign`.
inline Lanes with_sign_of(Lanes magnitude, Lanes sign) {
    return std::bit_cast<Lanes>(std::bit_cast<LaneBits>(magnitude) | (std::bit_cast<LaneBits>(sign) & INT64_MIN));
}

// One instruction each, which compilers do not make of comparisons and loops. The larger and the smaller number are b
// where one of them is NaN; `any` wants a mask, the result of a comparison.
#if defined(__AVX512F__)
inline bool any(LaneBits mask) {
    return _mm512_test_epi64_mask(std::bit_cast<__m512i>(mask), std::bit_cast<__m512i>(mask)) != 0;
}
inline Lanes larger(Lanes a, Lanes b) {
    return _mm512_max_pd(a, b);
}
inline Lanes smaller(Lanes a, Lanes b) {
    return _mm512_min_pd(a, b);
}
#elif defined(__AVX__)
inline bool any(LaneBits mask) {
    return _mm256_movemask_pd(std::bit_cast<Lanes>(mask)) != 0;
}
inline Lanes larger(Lanes a, Lanes b) {
    return _mm256_max_pd(a, b);
}
inline Lanes smaller(Lanes a, Lanes b) {
    return _mm256_min_pd(a, b);
}
#elif defined(__SSE2__)
inline bool any(LaneBits mask) {
    return _mm_movemask_pd(std::bit_cast<Lanes>(mask)) != 0;
}
inline Lanes larger(Lanes a, Lanes b) {
    return _mm_max_pd(a, b);
}
inline Lanes smaller(Lanes a, Lanes b) {
    return _mm_min_pd(a, b);
}
#else
inline bool any(LaneBits mask) {
    std::int64_t some = 0;
    for (std::size_t n = 0; n < lane_width; ++n) some |= mask[n];
    return some != 0;
}
inline Lanes larger(Lanes a, Lanes b) {
    return a > b ? a : b;
}
inline Lanes smaller(Lanes a, Lanes b) {
    return a < b ? a : b;
}
#endif

/// constant + x (next + x (...)).
template <std::same_as<double>... Rest>
Lanes polynomial(Lanes x, double constant, Rest... rest) {
    if constexpr (sizeof...(Rest) == 0) {
        return broadcast(constant);
    } else {
        return polynomial(x, rest...) * x + constant;
    }
}

/// Beyond this the exponential leaves the doubles, and the formulas themselves are called, one number at a time.
inline constexpr double exponent_limit = 700;

/// Whether every lane is at most exponent_limit in magnitude; not if one is NaN.
inline bool within_exponent_limit(Lanes x) {
    return !any(~(absolute(x) <= exponent_limit));
}

/// e^{times y} = power (even + odd) / (even - odd).
struct LaneExponential {
    Lanes power;
    Lanes even;
    Lanes odd;
};

/// `times` is a power of 2: its powers go into the constants, which they do not round.
/// Precondition: |times y| <= 708.
template <int times = 1>
LaneExponential exponential_of(Lanes y) {
    constexpr double round_to_integer = 0x1.8p52;  // adding it leaves the integer nearest to y in the lowest bits
    constexpr double t = times;
    constexpr double t2 = t * t;
    const Lanes shifted = y * (t * 0x1.71547652b82fep0) + round_to_integer;
    const Lanes n = shifted - round_to_integer;
    const Lanes r = (y - n * (6.93145751953125e-1 / t)) - n * (1.42860682030941723212e-6 / t);  // log 2 in two parts
    const Lanes x = r * r;
    const Lanes odd = r * polynomial(x, t * 9.99999999999999999910e-1, t * t2 * 3.02994407707441961300e-2,
                                     t * t2 * t2 * 1.26177193074810590878e-4);
    const Lanes even = polynomial(x, 2.0, t2 * 2.27265548208155028766e-1, t2 * t2 * 2.52448340349684104192e-3,
                                  t2 * t2 * t2 * 3.00198505138664455042e-6);
    const Lanes power = std::bit_cast<Lanes>((std::bit_cast<LaneBits>(shifted) + 1023) << 52);
    return {power, even, odd};
}

inline Lanes lane_exp(Lanes z) {
    const auto [power, even, odd] = exponential_of(z);
    return power * ((even + odd) / (even - odd));
}

/// (e^{2z} - 1) / (e^{2z} + 1), the 1 taken into the quotient so that nothing cancels at 0:
///
///     power (even + odd) ∓ (even - odd) = (power - 1) (even + odd) + 2 odd,   + 2 even
///
/// NaN stays NaN.
inline Lanes lane_tanh(Lanes z) {
    const Lanes rounds_to_one = broadcast(20);
    const auto [power, even, odd] = exponential_of<2>(smaller(rounds_to_one, larger(-rounds_to_one, z)));
    const Lanes rest = (0.5 * power - 0.5) * (even + odd);
    return (rest + odd) / (rest + even);
}

/// Precondition: |z| <= exponent_limit.
inline Lanes lane_sigmoid(Lanes z) {
    const auto [power, even, odd] = exponential_of(-absolute(z));
    const Lanes above = power * (even + odd);
    const Lanes below = even - odd;
    return (z < 0.0 ? above : below) / (below + above);
}

/// max(z, 0) + log(1 + u) with u = e^-|z|, and log(1 + u) = 2 artanh s with s = u / (2 + u) in [0, 1/3]. The polynomial
/// is the Chebyshev fit of (artanh(s) / s - 1) / s² on [0, 1/9], good to 5e-17.
/// Precondition: |z| <= exponent_limit.
inline Lanes lane_softplus(Lanes z) {
    const auto [power, even, odd] = exponential_of(-absolute(z));
    const Lanes u_above = power * (even + odd);
    const Lanes u_below = even - odd;
    const Lanes s = u_above / (u_below + u_below + u_above);
    const Lanes x = s * s;
    const Lanes series = polynomial(
        x, 0.33333333333333329, 0.20000000000007291, 0.14285714283554379, 0.11111111358713931, 0.090908947180664291,
        0.076927850324793116, 0.066570721048274681, 0.060005364047953563, 0.044003692430723369, 0.080820228059717661);
    return larger(z, Lanes{}) + (2.0 * s + 2.0 * s * (x * series));
}

}  // namespace gradproof::checks
