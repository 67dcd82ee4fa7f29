// SPDX-License-Identifier: MIT
//
// The smooth L1 loss: the absolute error less beta / 2, with a parabola in the place of its corner up to an error of
// beta; beta is 1 unless set. It is Huber's loss divided by beta, and has no kink.
// derivations/losses/smooth_l1.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct SmoothL1 {
    static constexpr std::string_view name = "smooth_l1";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    double beta = 1;  ///< where the parabola ends and the line begins
    static constexpr std::array<Parameter<SmoothL1>, 1> parameters{{{"beta", &SmoothL1::beta, positive_numbers}}};

    std::array<double, 2> seams(double y) const { return {y - beta, y + beta}; }

    /// derivations/losses/smooth_l1.md (value)
    template <Ordered S>
    S value(const S& a, const S& y) const {
        const S bound = as_written<S>(beta);
        const S size = a < y ? S(y - a) : S(a - y);
        if (size < bound) return S(0.5) * size * size / bound;
        return size - S(0.5) * bound;
    }
    /// The error in units of beta, cut off at -1 and 1. derivations/losses/smooth_l1.md (derivative)
    template <Ordered S>
    S derivative(const S& a, const S& y) const {
        const S bound = as_written<S>(beta);
        const S error = a - y;
        if (bound < error) return S(1);
        if (error < -bound) return S(-1);
        return error / bound;
    }
};

}  // namespace gradproof
