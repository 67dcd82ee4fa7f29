// SPDX-License-Identifier: MIT
//
// The negative log-likelihood of a class from the logarithms of the probabilities, -sum_k y_k a_k, as log-softmax gives
// them: what categorical cross-entropy is, with the logarithm moved into the activation.
// derivations/losses/negative_log_likelihood.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct NegativeLogLikelihood {
    static constexpr std::string_view name = "negative_log_likelihood";
    static constexpr Interval prediction_domain{.upper = 0};
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::distribution;

    /// One component. derivations/losses/negative_log_likelihood.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return -(y * a);
    }
    /// derivations/losses/negative_log_likelihood.md (derivative)
    template <Scalar S>
    S derivative(const S&, const S& y) const {
        return -y;
    }
};

}  // namespace gradproof
