// SPDX-License-Identifier: MIT
//
// The hyperbolic tangent: the sigmoid stretched to (-1, 1).
// derivations/activations/tanh.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Tanh {
    static constexpr std::string_view name = "tanh";
    static constexpr Interval range{.lower = -1, .upper = 1};

    /// derivations/activations/tanh.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return tanh(z);
    }
    /// As (1 - a)(1 + a): the factor 1 - a is exact near 1, where 1 - a² rounds twice.
    /// derivations/activations/tanh.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return derivative_from_value(value(z));
    }
    /// derivations/activations/tanh.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S& a) const {
        return (S(1) - a) * (S(1) + a);
    }
    /// derivations/activations/tanh.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return S(-2) * value(z) * derivative(z);
    }
};

}  // namespace gradproof
