// SPDX-License-Identifier: MIT
//
// The binary focal loss: each term of binary cross-entropy times how far the prediction is from the label, to the power
// gamma, so that what is already right counts little; gamma is 2 unless set, and 0 gives binary cross-entropy.
// derivations/losses/focal.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Focal {
    static constexpr std::string_view name = "focal";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::numbers;

    double gamma = 2;  ///< the exponent, at least 0
    static constexpr std::array<Parameter<Focal>, 1> parameters{
        {{"gamma", &Focal::gamma, Interval{.lower = 0, .closed_below = true}}}};

    /// The label 0 with the prediction a is the label 1 with the prediction 1 - a.
    /// derivations/losses/focal.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S log_a = log(a);
        const S log_rest = log_of_rest(a);
        if (y == S(0)) return term(log_rest, log_a);
        if (y == S(1)) return term(log_a, log_rest);
        return y * term(log_a, log_rest) + (S(1) - y) * term(log_rest, log_a);
    }
    /// derivations/losses/focal.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        const S log_a = log(a);
        const S log_rest = log_of_rest(a);
        const S rest = S(1) - a;
        if (y == S(0)) return -slope(rest, log_rest, a, log_a);
        if (y == S(1)) return slope(a, log_a, rest, log_rest);
        return y * slope(a, log_a, rest, log_rest) - (S(1) - y) * slope(rest, log_rest, a, log_a);
    }

  private:
    // -(1 - p)^gamma log p, with the logarithms of p and of 1 - p. A power is the exponential of a logarithm, so that
    // it runs on every scalar.
    template <Scalar S>
    S term(const S& log_p, const S& log_rest) const {
        return -(exp(S(as_written<S>(gamma) * log_rest)) * log_p);
    }
    // Its derivative in p, gamma (1 - p)^(gamma - 1) log p - (1 - p)^gamma / p: two terms of one sign.
    template <Scalar S>
    S slope(const S& p, const S& log_p, const S& rest, const S& log_rest) const {
        const S g = as_written<S>(gamma);
        const S power = exp(S(g * log_rest));
        return g * power / rest * log_p - power / p;
    }
};

}  // namespace gradproof
