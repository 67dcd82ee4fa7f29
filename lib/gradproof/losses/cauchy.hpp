// SPDX-License-Identifier: MIT
//
// The Cauchy loss (also called Lorentzian), scale² / 2 log(1 + ((a - y) / scale)²): half the squared error for small
// errors, a logarithm for large ones; scale is 1 unless set. derivations/losses/cauchy.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Cauchy {
    static constexpr std::string_view name = "cauchy";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    double scale = 1;  ///< the error at which the derivative is largest, positive
    static constexpr std::array<Parameter<Cauchy>, 1> parameters{{{"scale", &Cauchy::scale, positive_numbers}}};

    /// Through log1p, since 1 plus a small square loses its digits.
    /// derivations/losses/cauchy.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S ratio = (a - y) / as_written<S>(scale);
        return S(0.5) * as_written<S>(scale) * as_written<S>(scale) * log1p(S(ratio * ratio));
    }
    /// derivations/losses/cauchy.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        const S error = a - y;
        const S ratio = error / as_written<S>(scale);
        return error / (S(1) + ratio * ratio);
    }
};

}  // namespace gradproof
