// SPDX-License-Identifier: MIT
//
// Softplus without an exponential, g(z) = (z + sqrt(z² + b)) / 2: a branch of a hyperbola; b is 4 unless set.
// derivations/activations/squareplus.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"

namespace gradproof {

struct Squareplus {
    static constexpr std::string_view name = "squareplus";
    static constexpr Interval range = positive_numbers;

    double b = 4;  ///< how round the bend is, positive
    static constexpr std::array<Parameter<Squareplus>, 1> parameters{{{"b", &Squareplus::b, positive_numbers}}};

    /// To the left as b / (2 (sqrt(z² + b) - z)), since z + sqrt(z² + b) cancels there.
    /// derivations/activations/squareplus.md (value)
    template <Scalar S>
    S value(const S& z) const {
        const S root = sqrt(S(z * z + as_written<S>(b)));
        if (real_part(z) < real_part(S(0))) return as_written<S>(b) / (S(2) * (root - z));
        return S(0.5) * (z + root);
    }
    /// As g(z) / sqrt(z² + b), since 1 + z / sqrt(z² + b) cancels far to the left.
    /// derivations/activations/squareplus.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return value(z) / sqrt(S(z * z + as_written<S>(b)));
    }
    /// derivations/activations/squareplus.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S& a) const {
        return a * a / (a * a + S(0.25) * as_written<S>(b));
    }
    /// One division after the other, since (z² + b)^(3/2) overflows before the quotient is 0.
    /// derivations/activations/squareplus.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        const S square = z * z + as_written<S>(b);
        return S(0.5) * as_written<S>(b) / square / sqrt(square);
    }
};

}  // namespace gradproof
