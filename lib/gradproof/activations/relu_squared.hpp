// SPDX-License-Identifier: MIT
//
// The square of the rectifier, g(z) = max(z, 0)². It has no kink: at 0 the slopes of both sides are 0.
// derivations/activations/relu_squared.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct ReluSquared {
    static constexpr std::string_view name = "relu_squared";
    static constexpr Interval range{.lower = 0, .closed_below = true};
    static constexpr std::array seams{0.0};

    /// derivations/activations/relu_squared.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (S(0) < z) return z * z;
        return S(0);
    }
    /// derivations/activations/relu_squared.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z) return S(2) * z;
        return S(0);
    }
};

}  // namespace gradproof
