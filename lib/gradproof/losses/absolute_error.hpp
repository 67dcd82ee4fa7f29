// SPDX-License-Identifier: MIT
//
// Absolute error, |a - y|: a label that is far off pulls no harder than one that is near. At its kink a = y the
// derivative is taken as 0.
// derivations/losses/absolute_error.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct AbsoluteError {
    static constexpr std::string_view name = "absolute_error";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    std::array<Kink, 1> kinks(double y) const { return {Kink{.at = y, .derivative_taken = 0}}; }

    /// derivations/losses/absolute_error.md (value)
    template <Ordered S>
    S value(const S& a, const S& y) const {
        if (a < y) return y - a;
        return a - y;
    }
    /// The sign of a - y, and 0 at the kink. derivations/losses/absolute_error.md (derivative)
    template <Ordered S>
    S derivative(const S& a, const S& y) const {
        if (a < y) return S(-1);
        if (y < a) return S(1);
        return S(0);
    }
};

}  // namespace gradproof
