// SPDX-License-Identifier: MIT
//
// Half the squared difference of the logarithms of 1 + a and 1 + y: a squared error of ratios.
// derivations/losses/squared_log_error.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct SquaredLogError {
    static constexpr std::string_view name = "squared_log_error";
    static constexpr Interval prediction_domain{.lower = -1};
    static constexpr Interval label_domain{.lower = -1};
    static constexpr Labels labels = Labels::numbers;

    /// derivations/losses/squared_log_error.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S distance = log_ratio(a, y);
        return S(0.5) * distance * distance;
    }
    /// derivations/losses/squared_log_error.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return log_ratio(a, y) / (S(1) + a);
    }

  private:
    // log((1 + a) / (1 + y)) as the log1p of a number that is not negative: log1p(a) - log1p(y) would cancel where a is
    // near y.
    template <Scalar S>
    static S log_ratio(const S& a, const S& y) {
        if (real_part(a) < real_part(y)) return -log1p(S((y - a) / (S(1) + a)));
        return log1p(S((a - y) / (S(1) + y)));
    }
};

}  // namespace gradproof
