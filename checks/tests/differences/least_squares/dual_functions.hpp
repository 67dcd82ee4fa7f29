// SPDX-License-Identifier: MIT
//
// What the least-squares problems need of dual numbers beyond what the library's formulas need: powers and arctangent.
#pragma once

#include <cmath>

#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {

template <std::floating_point T>
Dual<T> atan(const Dual<T>& a) {
    const T slope = T(1) / (T(1) + a.value * a.value);
    return {std::atan(a.value), slope * a.derivative, slope * a.magnitude};
}

/// Precondition: a > 0.
template <std::floating_point T>
Dual<T> pow(const Dual<T>& a, const Dual<T>& exponent) {
    const T value = std::pow(a.value, exponent.value);
    const T by_base = value * exponent.value / a.value;
    const T by_exponent = value * std::log(a.value);
    return {value, by_base * a.derivative + by_exponent * exponent.derivative,
            std::abs(by_base) * a.magnitude + std::abs(by_exponent) * exponent.magnitude};
}

template <class S>
S square(const S& a) {
    return a * a;
}

template <class S>
S cube(const S& a) {
    return a * a * a;
}

}  // namespace gradproof::checks
