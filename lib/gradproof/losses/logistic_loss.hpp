// SPDX-License-Identifier: MIT
//
// The logistic loss, log(1 + e^(-y a)) for a label of -1 or +1: binary cross-entropy of a sigmoid, in other letters.
// derivations/losses/logistic_loss.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct LogisticLoss {
    static constexpr std::string_view name = "logistic_loss";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain{.lower = -1, .upper = 1, .closed_below = true, .closed_above = true};
    static constexpr Labels labels = Labels::signs;

    /// As a softplus, which neither overflows nor rounds to 0. derivations/losses/logistic_loss.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return Softplus{}.value(S(-(y * a)));
    }
    /// derivations/losses/logistic_loss.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(y * Sigmoid{}.value(S(-(y * a))));
    }
};

}  // namespace gradproof
