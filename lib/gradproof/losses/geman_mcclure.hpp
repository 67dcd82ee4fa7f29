// SPDX-License-Identifier: MIT
//
// The loss of Geman and McClure, (a - y)² / (2 (1 + (a - y)²)): half the squared error for small errors, and never more
// than one half. derivations/losses/geman_mcclure.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct GemanMcclure {
    static constexpr std::string_view name = "geman_mcclure";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    /// derivations/losses/geman_mcclure.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S square = (a - y) * (a - y);
        return S(0.5) * square / (S(1) + square);
    }
    /// One division after the other, since (1 + (a - y)²)² overflows before the quotient is 0.
    /// derivations/losses/geman_mcclure.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        const S error = a - y;
        const S growth = S(1) + error * error;
        return error / growth / growth;
    }
};

}  // namespace gradproof
