// SPDX-License-Identifier: MIT
//
// Huber's loss: half the squared error up to an error of delta, a straight line beyond; delta is 1 unless set. Value
// and derivative are continuous, so there is no kink.
// derivations/losses/huber.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Huber {
    static constexpr std::string_view name = "huber";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    double delta = 1;  ///< where the parabola ends and the line begins
    static constexpr std::array<Parameter<Huber>, 1> parameters{{{"delta", &Huber::delta, positive_numbers}}};

    std::array<double, 2> seams(double y) const { return {y - delta, y + delta}; }

    /// derivations/losses/huber.md (value)
    template <Ordered S>
    S value(const S& a, const S& y) const {
        const S bound = as_written<S>(delta);
        const S size = a < y ? S(y - a) : S(a - y);
        if (bound < size) return bound * (size - S(0.5) * bound);
        return S(0.5) * size * size;
    }
    /// The error, cut off at -delta and delta. derivations/losses/huber.md (derivative)
    template <Ordered S>
    S derivative(const S& a, const S& y) const {
        const S bound = as_written<S>(delta);
        const S error = a - y;
        if (bound < error) return bound;
        if (error < -bound) return -bound;
        return error;
    }
};

}  // namespace gradproof
