// SPDX-License-Identifier: MIT
//
// The sigmoid made of straight lines: 0 up to -3, 1 from 3 on, and z/6 + 1/2 between. At its kinks -3 and 3 the
// derivative is taken as 0, the slope outside. derivations/activations/hard_sigmoid.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

struct HardSigmoid {
    static constexpr std::string_view name = "hard_sigmoid";
    static constexpr Interval range = closed_unit_interval;
    static constexpr std::array kinks{Kink{.at = -3, .derivative_taken = 0}, Kink{.at = 3, .derivative_taken = 0}};

    /// As (z + 3) / 6: the sum is exact near -3, where z/6 + 1/2 would cancel.
    /// derivations/activations/hard_sigmoid.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (z < S(-3)) return S(0);
        if (S(3) < z) return S(1);
        return (z + S(3)) / S(6);
    }
    /// derivations/activations/hard_sigmoid.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(-3) < z && z < S(3)) return S(1) / S(6);
        return S(0);
    }
};

}  // namespace gradproof
