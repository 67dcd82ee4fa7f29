// SPDX-License-Identifier: MIT
//
// The identity g(z) = z: an output layer for regression.
// derivations/activations/identity.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Identity {
    static constexpr std::string_view name = "identity";
    static constexpr Interval range = real_line;

    /// derivations/activations/identity.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z;
    }
    /// derivations/activations/identity.md (derivative)
    template <Scalar S>
    S derivative(const S&) const {
        return S(1);
    }
    /// derivations/activations/identity.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S&) const {
        return S(1);
    }
    /// derivations/activations/identity.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S&) const {
        return S(0);
    }
};

}  // namespace gradproof
