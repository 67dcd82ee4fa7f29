// SPDX-License-Identifier: MIT
//
// The logarithm of the hyperbolic cosine of the error: half its square near 0, its absolute value less log 2 far off.
// derivations/losses/log_cosh.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct LogCosh {
    static constexpr std::string_view name = "log_cosh";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    /// With r = |a - y|: near 0 as log1p(cosh r - 1), cosh r - 1 = (e^r - 1)^2 / (2 e^r), since log(cosh r) would take
    /// the logarithm of a number that has rounded to 1; elsewhere as r + log((1 + e^-2r) / 2), since e^r overflows.
    /// derivations/losses/log_cosh.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S r = real_part(a) < real_part(y) ? S(y - a) : S(a - y);
        if (real_part(r) < real_part(S(1))) {
            const S growth = expm1(r);
            return log1p(S(S(0.5) * growth * growth / exp(r)));
        }
        return r + log1p(S(S(0.5) * expm1(S(S(-2) * r))));
    }
    /// derivations/losses/log_cosh.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return tanh(S(a - y));
    }
};

}  // namespace gradproof
