// SPDX-License-Identifier: MIT
//
// The Tweedie loss, a^(2-p) / (2 - p) - y a^(1-p) / (1 - p) with 1 < p < 2, for labels that are positive or exactly 0,
// such as the claims of a year; the power p is 3/2 unless set.
// derivations/losses/tweedie.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Tweedie {
    static constexpr std::string_view name = "tweedie";
    static constexpr Interval prediction_domain = positive_numbers;
    static constexpr Interval label_domain{.lower = 0, .closed_below = true};
    static constexpr Labels labels = Labels::numbers;

    double power = 1.5;  ///< between 1, as for Poisson, and 2, as for gamma
    static constexpr std::array<Parameter<Tweedie>, 1> parameters{
        {{"power", &Tweedie::power, Interval{.lower = 1, .upper = 2}}}};

    /// With a^(1-p) taken out, so that two positive numbers are added. A power is the exponential of a logarithm, so
    /// that it runs on every scalar.
    /// derivations/losses/tweedie.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S p = as_written<S>(power);
        return exp(S((S(1) - p) * log(a))) * (a / (S(2) - p) + y / (p - S(1)));
    }
    /// As a^(1-p) (a - y) / a, since a^-p overflows where a (a^-p) does not. derivations/losses/tweedie.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return exp(S((S(1) - as_written<S>(power)) * log(a))) * ((a - y) / a);
    }
};

}  // namespace gradproof
