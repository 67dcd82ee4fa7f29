// SPDX-License-Identifier: MIT
//
// The negative log-likelihood of a positive y under a gamma distribution with the mean a, log a + y / a, for one unit
// of its shape parameter and without the terms that no parameter of the network moves.
// derivations/losses/gamma_negative_log_likelihood.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct GammaNegativeLogLikelihood {
    static constexpr std::string_view name = "gamma_negative_log_likelihood";
    static constexpr Interval prediction_domain = positive_numbers;
    static constexpr Interval label_domain = positive_numbers;
    static constexpr Labels labels = Labels::numbers;

    /// derivations/losses/gamma_negative_log_likelihood.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return log(a) + y / a;
    }
    /// (a - y) / a^2, divided twice: the square of a small a underflows.
    /// derivations/losses/gamma_negative_log_likelihood.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return (a - y) / a / a;
    }
};

}  // namespace gradproof
