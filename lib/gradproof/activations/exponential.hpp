// SPDX-License-Identifier: MIT
//
// The exponential g(z) = e^z: the rate of a Poisson count from a pre-activation.
// derivations/activations/exponential.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Exponential {
    static constexpr std::string_view name = "exponential";
    static constexpr Interval range = positive_numbers;

    /// derivations/activations/exponential.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return exp(z);
    }
    /// derivations/activations/exponential.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return exp(z);
    }
    /// derivations/activations/exponential.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S& a) const {
        return a;
    }
    /// derivations/activations/exponential.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return exp(z);
    }
};

}  // namespace gradproof
