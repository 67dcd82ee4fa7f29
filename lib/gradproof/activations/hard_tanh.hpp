// SPDX-License-Identifier: MIT
//
// The tanh made of straight lines: z, cut off below -1 and above 1. At its kinks -1 and 1 the derivative is taken as 0,
// the slope outside. derivations/activations/hard_tanh.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

struct HardTanh {
    static constexpr std::string_view name = "hard_tanh";
    static constexpr Interval range{.lower = -1, .upper = 1, .closed_below = true, .closed_above = true};
    static constexpr std::array kinks{Kink{.at = -1, .derivative_taken = 0}, Kink{.at = 1, .derivative_taken = 0}};

    /// derivations/activations/hard_tanh.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (z < S(-1)) return S(-1);
        if (S(1) < z) return S(1);
        return z;
    }
    /// derivations/activations/hard_tanh.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(-1) < z && z < S(1)) return S(1);
        return S(0);
    }
};

}  // namespace gradproof
