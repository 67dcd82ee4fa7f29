// SPDX-License-Identifier: MIT
//
// The continuously differentiable elu: z where z > 0, alpha (e^(z / alpha) - 1) elsewhere; alpha is 1 unless set. The
// slopes of the two sides meet at 0 whatever alpha is. derivations/activations/celu.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"

namespace gradproof {

struct Celu {
    static constexpr std::string_view name = "celu";
    static constexpr Interval range = real_line;  ///< the values lie above -alpha, and alpha may be any positive number

    double alpha = 1;  ///< how far below 0 the values can come, positive
    static constexpr std::array<Parameter<Celu>, 1> parameters{{{"alpha", &Celu::alpha, positive_numbers}}};
    static constexpr std::array seams{0.0};

    /// Through expm1, since for small z the difference e^(z / alpha) - 1 would cancel.
    /// derivations/activations/celu.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (S(0) < z) return z;
        return as_written<S>(alpha) * expm1(S(z / as_written<S>(alpha)));
    }
    /// derivations/activations/celu.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        if (S(0) < z) return S(1);
        return exp(S(z / as_written<S>(alpha)));
    }
    /// The value has the sign of z as long as alpha is positive.
    /// derivations/activations/celu.md (derivative_from_value)
    template <Ordered S>
    S derivative_from_value(const S& a) const {
        if (S(0) < a) return S(1);
        return a / as_written<S>(alpha) + S(1);
    }
};

}  // namespace gradproof
