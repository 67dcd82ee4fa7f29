// SPDX-License-Identifier: MIT
//
// Half the squared error, (a - y)² / 2: the half cancels the 2 of the derivative.
// derivations/losses/squared_error.md
#pragma once

#include <string_view>

#include "gradproof/activations/identity.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct SquaredError {
    using Canonical = Identity;
    static constexpr std::string_view name = "squared_error";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    /// derivations/losses/squared_error.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return S(0.5) * (a - y) * (a - y);
    }
    /// derivations/losses/squared_error.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return a - y;
    }
    /// derivations/losses/squared_error.md (value_from_pre_activation)
    template <Scalar S>
    S value_from_pre_activation(const S& z, const S& y) const {
        return value(z, y);
    }
};

}  // namespace gradproof
