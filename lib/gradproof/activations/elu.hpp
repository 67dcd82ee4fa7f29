// SPDX-License-Identifier: MIT
//
// The exponential linear unit: z where z > 0, alpha (e^z - 1) elsewhere; alpha is 1 unless set. Only with alpha = 1 do
// the slopes of the two sides meet at 0; with another alpha the derivative there is taken as the slope of the left
// branch. derivations/activations/elu.md
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct Elu {
    static constexpr std::string_view name = "elu";
    static constexpr Interval range = real_line;  ///< the values lie above -alpha, and alpha may be any positive number

    double alpha = 1;  ///< how far below 0 the values can come, positive
    static constexpr std::array<Parameter<Elu>, 1> parameters{{{"alpha", &Elu::alpha, positive_numbers}}};
    static constexpr std::array seams{0.0};

    std::vector<Kink> kinks() const {
        if (alpha == 1) return {};
        return {Kink{.at = 0, .derivative_taken = alpha}};
    }

    /// Through expm1, since for small z the difference e^z - 1 would cancel.
    /// derivations/activations/elu.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (S(0) < z) return z;
        return as_written<S>(alpha) * expm1(z);
    }
    /// derivations/activations/elu.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z) return S(1);
        return as_written<S>(alpha) * exp(z);
    }
    /// The value has the sign of z as long as alpha is positive.
    /// derivations/activations/elu.md (derivative_from_value)
    template <Ordered S>
    S derivative_from_value(const S& a) const {
        if (S(0) < a) return S(1);
        return a + as_written<S>(alpha);
    }
};

}  // namespace gradproof
