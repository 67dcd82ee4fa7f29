// SPDX-License-Identifier: MIT
//
// The leaky rectifier: z where z > 0, slope · z elsewhere, so that no unit is dead; the slope is 1/100 unless set. At
// its kink z = 0 the derivative is taken as the slope of the left branch. derivations/activations/leaky_relu.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct LeakyRelu {
    static constexpr std::string_view name = "leaky_relu";
    static constexpr Interval range = real_line;

    double slope = 0.01;  ///< of the left branch, positive
    static constexpr std::array<Parameter<LeakyRelu>, 1> parameters{{{"slope", &LeakyRelu::slope, positive_numbers}}};

    std::array<Kink, 1> kinks() const { return {Kink{.at = 0, .derivative_taken = slope}}; }

    /// derivations/activations/leaky_relu.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (S(0) < z) return z;
        return as_written<S>(slope) * z;
    }
    /// derivations/activations/leaky_relu.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z) return S(1);
        return as_written<S>(slope);
    }
    /// The value has the sign of z as long as the slope is positive.
    /// derivations/activations/leaky_relu.md (derivative_from_value)
    template <Ordered S>
    S derivative_from_value(const S& a) const {
        return derivative(a);
    }
};

}  // namespace gradproof
