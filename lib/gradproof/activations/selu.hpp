// SPDX-License-Identifier: MIT
//
// The scaled exponential linear unit: an elu with two fixed numbers, chosen so that layers keep mean 0 and variance 1.
// At its kink z = 0 the derivative is taken as the slope of the left branch. derivations/activations/selu.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

struct Selu {
    static constexpr double alpha = 1.673263242354377;  ///< 16 digits, the same number in every precision
    static constexpr double scale = 1.05070098735548;   ///< the slope on the right

    static constexpr std::string_view name = "selu";
    static constexpr Interval range{.lower = -scale * alpha};
    static constexpr std::array kinks{Kink{.at = 0, .derivative_taken = scale * alpha}};

    /// Through expm1, since for small z the difference e^z - 1 would cancel.
    /// derivations/activations/selu.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (S(0) < z) return as_written<S>(scale) * z;
        return as_written<S>(scale) * as_written<S>(alpha) * expm1(z);
    }
    /// derivations/activations/selu.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z) return as_written<S>(scale);
        return as_written<S>(scale) * as_written<S>(alpha) * exp(z);
    }
};

}  // namespace gradproof
