// SPDX-License-Identifier: MIT
//
// The logarithm of the sigmoid, g(z) = log(1 / (1 + e^-z)): a log-probability from a pre-activation.
// derivations/activations/log_sigmoid.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

struct LogSigmoid {
    static constexpr std::string_view name = "log_sigmoid";
    static constexpr Interval range{.upper = 0};

    /// As -softplus(-z): the logarithm of a sigmoid that has rounded to 0 is -∞, of one that has rounded to 1 it is 0.
    /// derivations/activations/log_sigmoid.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return -Softplus{}.value(S(-z));
    }
    /// derivations/activations/log_sigmoid.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return Sigmoid{}.value(S(-z));
    }
    /// 1 - e^a, through expm1 since for a near 0 the difference would cancel.
    /// derivations/activations/log_sigmoid.md (derivative_from_value)
    template <Scalar S>
    S derivative_from_value(const S& a) const {
        return -expm1(a);
    }
    /// derivations/activations/log_sigmoid.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return -Sigmoid{}.derivative(z);
    }
};

}  // namespace gradproof
