// SPDX-License-Identifier: MIT
//
// The negative log-likelihood of a count y under a Poisson rate e^a, e^a - y a: the prediction is the logarithm of the
// rate. The term log(y!) is left out, since no parameter moves it.
// derivations/losses/poisson_log_input.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct PoissonLogInput {
    static constexpr std::string_view name = "poisson_log_input";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain{.lower = 0, .closed_below = true};
    static constexpr Labels labels = Labels::counts;

    /// derivations/losses/poisson_log_input.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return exp(a) - y * a;
    }
    /// derivations/losses/poisson_log_input.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return exp(a) - y;
    }
};

}  // namespace gradproof
