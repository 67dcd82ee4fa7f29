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
inline Lanes larger(Lanes a, Lanes b) {
    return a > b ? a : b;
}
inline bool any(LaneBits mask) {
    std::int64_t some = 0;
    for (std::size_t n = 0; n < lane_width; ++n) some |= mask[n];
    return some != 0;
}

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

/// e^y = power (even + odd) / (even - odd).
struct LaneExponential {
    Lanes power;
    Lanes even;
    Lanes odd;
};

/// Precondition: |y| <= 708.
inline LaneExponential exponential_of(Lanes y) {
    constexpr double round_to_integer = 0x1.8p52;  // adding it leaves the integer nearest to y in the lowest bits
    const Lanes shifted = y * 0x1.71547652b82fep0 + round_to_integer;
    const Lanes n = shifted - round_to_integer;
    const Lanes r = (y - n * 6.93145751953125e-1) - n * 1.42860682030941723212e-6;  // log 2 in two parts
    const Lanes x = r * r;
    const Lanes odd =
        r * polynomial(x, 9.99999999999999999910e-1, 3.02994407707441961300e-2, 1.26177193074810590878e-4);
    const Lanes even =
        polynomial(x, 2.0, 2.27265548208155028766e-1, 2.52448340349684104192e-3, 3.00198505138664455042e-6);
    const Lanes power = std::bit_cast<Lanes>((std::bit_cast<LaneBits>(shifted) + 1023) << 52);
    return {power, even, odd};
}

inline Lanes lane_exp(Lanes z) {
    const auto [power, even, odd] = exponential_of(z);
    return power * ((even + odd) / (even - odd));
}

/// (e^{2|z|} - 1) / (e^{2|z|} + 1) with the sign of z, the 1 taken into the quotient so that nothing cancels at 0. NaN
/// stays NaN.
inline Lanes lane_tanh(Lanes z) {
    constexpr double rounds_to_one = 20;
    const Lanes size = absolute(z);
    const auto [power, even, odd] = exponential_of(2.0 * (size > rounds_to_one ? broadcast(rounds_to_one) : size));
    const Lanes above = (power - 1.0) * even + (power + 1.0) * odd;
    const Lanes below = (power + 1.0) * even + (power - 1.0) * odd;
    return with_sign_of(above / below, z);
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
