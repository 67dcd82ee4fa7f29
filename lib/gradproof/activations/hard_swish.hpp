// SPDX-License-Identifier: MIT
//
// The silu with a hard sigmoid as its gate: 0 up to -3, z from 3 on, and z (z + 3) / 6 between. At its kinks -3 and 3
// the derivative is taken as the slope outside, 0 and 1. derivations/activations/hard_swish.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/activations/hard_sigmoid.hpp"

namespace gradproof {

struct HardSwish {
    static constexpr std::string_view name = "hard_swish";
    static constexpr Interval range{.lower = -0.375, .closed_below = true};
    static constexpr std::array kinks{Kink{.at = -3, .derivative_taken = 0}, Kink{.at = 3, .derivative_taken = 1}};

    /// derivations/activations/hard_swish.md (value)
    template <Ordered S>
    S value(const S& z) const {
        return z * HardSigmoid{}.value(z);
    }
    /// As (2z + 3) / 6: the sum is exact near -3/2, where z/3 + 1/2 would cancel.
    /// derivations/activations/hard_swish.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (!(S(-3) < z)) return S(0);
        if (!(z < S(3))) return S(1);
        return (S(2) * z + S(3)) / S(6);
    }
};

}  // namespace gradproof
