// SPDX-License-Identifier: MIT
//
// The rectifier cut off at 6, g(z) = min(max(z, 0), 6). At its kinks 0 and 6 the derivative is taken as 0, the slope
// outside. derivations/activations/relu6.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

struct Relu6 {
    static constexpr std::string_view name = "relu6";
    static constexpr Interval range{.lower = 0, .upper = 6, .closed_below = true, .closed_above = true};
    static constexpr std::array kinks{Kink{.at = 0, .derivative_taken = 0}, Kink{.at = 6, .derivative_taken = 0}};

    /// derivations/activations/relu6.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (z < S(0)) return S(0);
        if (S(6) < z) return S(6);
        return z;
    }
    /// derivations/activations/relu6.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z && z < S(6)) return S(1);
        return S(0);
    }
};

}  // namespace gradproof
