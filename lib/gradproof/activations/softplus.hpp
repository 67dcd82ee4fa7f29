// SPDX-License-Identifier: MIT
//
// The smooth rectifier g(z) = log(1 + e^z).
// derivations/activations/softplus.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

struct Softplus {
    static constexpr std::string_view name = "softplus";
    static constexpr Interval range = positive_numbers;

    /// Written as max(z, 0) + log(1 + e^-|z|): the plain form overflows to the right and rounds to 0 to the left.
    /// derivations/activations/softplus.md (value)
    template <Scalar S>
    S value(const S& z) const {
        if (real_part(z) < real_part(S(0))) return log1p(S(exp(z)));
        return z + log1p(S(exp(S(-z))));
    }
    /// derivations/activations/softplus.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return Sigmoid{}.value(z);
    }
    /// 1 - e^-a, through expm1 since for small a the difference would cancel.
    /// derivations/activations/softplus.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S& a) const {
        return -expm1(S(-a));
    }
    /// derivations/activations/softplus.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return Sigmoid{}.derivative(z);
    }
};

}  // namespace gradproof
