// SPDX-License-Identifier: MIT
//
// A loss that somebody typed as a formula in a prediction a and its label y.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gradproof/formula.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct FormulaLoss {
    static constexpr std::string_view name = "loss";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;

    std::string text;  ///< as it was typed
    Formula of_value;  ///< in a and y
    Formula of_slope;  ///< its derivative in a

    std::string display_name() const { return text; }

    template <Scalar S>
    S value(const S& a, const S& y) const {
        return of_value.at<S>(std::array<S, 2>{a, y});
    }
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return of_slope.at<S>(std::array<S, 2>{a, y});
    }
};

}  // namespace gradproof
