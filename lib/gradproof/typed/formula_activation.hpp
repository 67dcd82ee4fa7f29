// SPDX-License-Identifier: MIT
//
// An activation that somebody typed as a formula in z.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/activation.hpp"
#include "gradproof/formula.hpp"

namespace gradproof {

struct FormulaActivation {
    static constexpr std::string_view name = "g";
    Interval range = real_line;  ///< where its values are known to lie

    std::string text;  ///< as it was typed
    Formula of_value;  ///< in z
    Formula of_slope;  ///< its derivative
    std::vector<Kink> at_kinks;

    std::string display_name() const { return "g(z) = " + text; }
    const std::vector<Kink>& kinks() const { return at_kinks; }

    template <Scalar S>
    S value(const S& z) const {
        return of_value.at<S>(std::array<S, 1>{z});
    }
    template <Scalar S>
    S derivative(const S& z) const {
        return of_slope.at<S>(std::array<S, 1>{z});
    }
};

}  // namespace gradproof
