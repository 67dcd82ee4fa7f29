// SPDX-License-Identifier: MIT
//
// The squared hinge loss, max(0, 1 - y a)^2 for a label of -1 or +1. Its derivative is continuous, so there is no kink.
// derivations/losses/squared_hinge.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct SquaredHinge {
    static constexpr std::string_view name = "squared_hinge";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain{.lower = -1, .upper = 1, .closed_below = true, .closed_above = true};
    static constexpr Labels labels = Labels::signs;

    std::array<double, 1> seams(double y) const { return {1 / y}; }

    /// derivations/losses/squared_hinge.md (value)
    template <Ordered S>
    S value(const S& a, const S& y) const {
        const S missing = S(1) - y * a;
        if (S(0) < missing) return missing * missing;
        return S(0);
    }
    /// derivations/losses/squared_hinge.md (derivative)
    template <Ordered S>
    S derivative(const S& a, const S& y) const {
        const S missing = S(1) - y * a;
        if (S(0) < missing) return S(-2) * y * missing;
        return S(0);
    }
};

}  // namespace gradproof
