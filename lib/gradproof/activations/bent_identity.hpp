// SPDX-License-Identifier: MIT
//
// The identity with a bend at 0, g(z) = (sqrt(z² + 1) - 1) / 2 + z: slope 1/2 far to the left, 3/2 far to the right.
// derivations/activations/bent_identity.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct BentIdentity {
    static constexpr std::string_view name = "bent_identity";
    static constexpr Interval range = real_line;

    /// The bend as z² / (2 (sqrt(z² + 1) + 1)), since sqrt(z² + 1) - 1 cancels near 0.
    /// derivations/activations/bent_identity.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z + S(0.5) * z * z / (sqrt(S(z * z + S(1))) + S(1));
    }
    /// derivations/activations/bent_identity.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return S(1) + S(0.5) * z / sqrt(S(z * z + S(1)));
    }
    /// One division after the other, since (z² + 1)^(3/2) overflows before the quotient is 0.
    /// derivations/activations/bent_identity.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        const S square = z * z + S(1);
        return S(0.5) / square / sqrt(square);
    }
};

}  // namespace gradproof
