// SPDX-License-Identifier: MIT
//
// The negative log-likelihood of an amount y under an exponential distribution with mean a: log a + y / a.
// derivations/losses/exponential_negative_log_likelihood.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct ExponentialNegativeLogLikelihood {
    static constexpr std::string_view name = "exponential_negative_log_likelihood";
    static constexpr Interval prediction_domain = positive_numbers;
    static constexpr Interval label_domain = positive_numbers;
    static constexpr Labels labels = Labels::numbers;

    /// derivations/losses/exponential_negative_log_likelihood.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return log(a) + y / a;
    }
    /// derivations/losses/exponential_negative_log_likelihood.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return (a - y) / (a * a);
    }
};

}  // namespace gradproof
