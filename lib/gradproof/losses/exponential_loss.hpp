// SPDX-License-Identifier: MIT
//
// The exponential loss, e^(-y a) for a label of -1 or +1: what AdaBoost makes small.
// derivations/losses/exponential_loss.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct ExponentialLoss {
    static constexpr std::string_view name = "exponential_loss";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain{.lower = -1, .upper = 1, .closed_below = true, .closed_above = true};
    static constexpr Labels labels = Labels::signs;

    /// derivations/losses/exponential_loss.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return exp(S(-(y * a)));
    }
    /// derivations/losses/exponential_loss.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(y * exp(S(-(y * a))));
    }
};

}  // namespace gradproof
