// SPDX-License-Identifier: MIT
//
// The rectifier g(z) = max(z, 0). At its kink z = 0 the derivative is taken as 0, as the course and the relu of the
// frameworks do. derivations/activations/relu.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

struct Relu {
    static constexpr std::string_view name = "relu";
    static constexpr Interval range{.lower = 0, .closed_below = true};
    static constexpr std::array kinks{Kink{.at = 0, .derivative_taken = 0}};

    /// derivations/activations/relu.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (S(0) < z) return z;
        return S(0);
    }
    /// derivations/activations/relu.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z) return S(1);
        return S(0);
    }
    /// g(z) > 0 exactly where z > 0, so the mask may be taken from the value.
    /// derivations/activations/relu.md (derivative_from_value)
    template <Ordered S>
    S derivative_from_value(const S& a) const {
        return derivative(a);
    }
};

}  // namespace gradproof
