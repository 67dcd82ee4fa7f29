// SPDX-License-Identifier: MIT
//
// A smooth relative of Huber's loss, delta² (sqrt(1 + ((a - y) / delta)²) - 1): half the squared error for small
// errors, a straight line of slope delta for large ones; delta is 1 unless set. derivations/losses/pseudo_huber.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct PseudoHuber {
    static constexpr std::string_view name = "pseudo_huber";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    double delta = 1;  ///< the slope far from the label, and how large an error is large, positive
    static constexpr std::array<Parameter<PseudoHuber>, 1> parameters{
        {{"delta", &PseudoHuber::delta, positive_numbers}}};

    /// As (a - y)² / (1 + sqrt(1 + ((a - y) / delta)²)), since the root less 1 cancels near the label.
    /// derivations/losses/pseudo_huber.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S error = a - y;
        const S ratio = error / as_written<S>(delta);
        return error * error / (S(1) + sqrt(S(S(1) + ratio * ratio)));
    }
    /// derivations/losses/pseudo_huber.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        const S error = a - y;
        const S ratio = error / as_written<S>(delta);
        return error / sqrt(S(S(1) + ratio * ratio));
    }
};

}  // namespace gradproof
