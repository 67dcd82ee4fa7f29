// SPDX-License-Identifier: MIT
//
// The logistic sigmoid g(z) = 1 / (1 + e^-z): a probability from a pre-activation.
// derivations/activations/sigmoid.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Sigmoid {
    static constexpr std::string_view name = "sigmoid";
    static constexpr Interval range = open_unit_interval;

    /// Written with e^-|z|, since e^-z overflows far to the left. derivations/activations/sigmoid.md (value)
    template <Scalar S>
    S value(const S& z) const {
        if (real_part(z) < real_part(S(0))) {
            const S e = exp(z);
            return e / (S(1) + e);
        }
        return S(1) / (S(1) + exp(S(-z)));
    }
    /// As the product g(z) g(-z), since 1 - g(z) cancels far to the right.
    /// derivations/activations/sigmoid.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return value(z) * value(S(-z));
    }
    /// derivations/activations/sigmoid.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S& a) const {
        return a * (S(1) - a);
    }
    /// derivations/activations/sigmoid.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return derivative(z) * (value(S(-z)) - value(z));
    }
};

}  // namespace gradproof
