// SPDX-License-Identifier: MIT
//
// The negative log-likelihood of a count y under a Poisson rate a, a - y log a; the term log(y!) is left out, since no
// parameter moves it.
// derivations/losses/poisson_negative_log_likelihood.md
#pragma once

#include <string_view>

#include "gradproof/activations/exponential.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct PoissonNegativeLogLikelihood {
    using Canonical = Exponential;
    static constexpr std::string_view name = "poisson_negative_log_likelihood";
    static constexpr Interval prediction_domain = positive_numbers;
    static constexpr Interval label_domain{.lower = 0, .closed_below = true};
    static constexpr Labels labels = Labels::counts;

    /// derivations/losses/poisson_negative_log_likelihood.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return a - x_log_y(y, a);
    }
    /// derivations/losses/poisson_negative_log_likelihood.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return S(1) - y / a;
    }
    /// e^z - y z: log e^z would overflow where z does not.
    /// derivations/losses/poisson_negative_log_likelihood.md (value_from_pre_activation)
    template <Scalar S>
    S value_from_pre_activation(const S& z, const S& y) const {
        return exp(z) - y * z;
    }
};

}  // namespace gradproof
