// SPDX-License-Identifier: MIT
//
// The quantile (pinball) loss: a prediction below the label costs tau for each unit, one above it 1 - tau, and the best
// constant is the tau-quantile of the labels; tau is 9/10 unless set. At its kink a = y the derivative is taken as the
// slope of the right branch.
// derivations/losses/quantile.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Quantile {
    static constexpr std::string_view name = "quantile";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    double tau = 0.9;  ///< which quantile
    static constexpr std::array<Parameter<Quantile>, 1> parameters{{{"tau", &Quantile::tau, open_unit_interval}}};

    std::array<Kink, 1> kinks(double y) const { return {Kink{.at = y, .derivative_taken = 1 - tau}}; }

    /// derivations/losses/quantile.md (value)
    template <Ordered S>
    S value(const S& a, const S& y) const {
        if (a < y) return as_written<S>(tau) * (y - a);
        return (S(1) - as_written<S>(tau)) * (a - y);
    }
    /// derivations/losses/quantile.md (derivative)
    template <Ordered S>
    S derivative(const S& a, const S& y) const {
        if (a < y) return -as_written<S>(tau);
        return S(1) - as_written<S>(tau);
    }
};

}  // namespace gradproof
