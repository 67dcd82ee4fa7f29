// SPDX-License-Identifier: MIT
//
// The square g(z) = z².
// derivations/activations/square.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Square {
    static constexpr std::string_view name = "square";
    static constexpr Interval range{.lower = 0, .closed_below = true};

    /// derivations/activations/square.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * z;
    }
    /// derivations/activations/square.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return S(2) * z;
    }
    /// derivations/activations/square.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S&) const {
        return S(2);
    }
};

}  // namespace gradproof
