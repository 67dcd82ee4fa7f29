// SPDX-License-Identifier: MIT
//
// The bell curve g(z) = e^(-z²): 1 at 0 and almost 0 far away, on either side.
// derivations/activations/gaussian.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Gaussian {
    static constexpr std::string_view name = "gaussian";
    static constexpr Interval range{.lower = 0, .upper = 1, .closed_above = true};

    /// One rounding of z² is a relative error of the value as large as z² itself times that rounding.
    /// derivations/activations/gaussian.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return exp(S(-(z * z)));
    }
    /// derivations/activations/gaussian.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return S(-2) * z * value(z);
    }
    /// derivations/activations/gaussian.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return (S(4) * z * z - S(2)) * value(z);
    }
};

}  // namespace gradproof
