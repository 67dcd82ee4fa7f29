// SPDX-License-Identifier: MIT
//
// The hinge loss, max(0, 1 - y a) for a label of -1 or +1: no loss once the prediction lies on the right side by a
// margin of 1. At its kink, y a = 1, the derivative is taken as 0.
// derivations/losses/hinge.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Hinge {
    static constexpr std::string_view name = "hinge";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain{.lower = -1, .upper = 1, .closed_below = true, .closed_above = true};
    static constexpr Labels labels = Labels::signs;

    std::array<Kink, 1> kinks(double y) const { return {Kink{.at = 1 / y, .derivative_taken = 0}}; }

    /// derivations/losses/hinge.md (value)
    template <Ordered S>
    S value(const S& a, const S& y) const {
        const S margin = y * a;
        if (margin < S(1)) return S(1) - margin;
        return S(0);
    }
    /// derivations/losses/hinge.md (derivative)
    template <Ordered S>
    S derivative(const S& a, const S& y) const {
        if (S(y * a) < S(1)) return -y;
        return S(0);
    }
};

}  // namespace gradproof
