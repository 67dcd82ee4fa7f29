// SPDX-License-Identifier: MIT
//
// The soft Dice loss, 1 minus twice the overlap over the sum of both sizes, where a size is the sum of the components:
// what segmentation asks for when few of the outputs are 1. A number is added above and below, 1 unless set, so that an
// example without any 1 has a loss too. No sum over the components.
// derivations/losses/dice.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct Dice {
    static constexpr std::string_view name = "dice";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::numbers;
    static constexpr std::string_view formula =
        "(1 - (2 (sum over outputs of a y) + smooth)/((sum over outputs of a) + (sum over outputs of y) + smooth))";

    double smooth = 1;  ///< what is added above and below, at least 0
    static constexpr std::array<Parameter<Dice>, 1> parameters{
        {{"smooth", &Dice::smooth, Interval{.lower = 0, .closed_below = true}}}};

    /// derivations/losses/dice.md (value)
    template <Scalar S>
    S value(const Vector<S>& a, const Vector<S>& y) const {
        return S(1) - overlap(a, y) / size(a, y);
    }
    /// derivations/losses/dice.md (gradient)
    template <Scalar S>
    Vector<S> gradient(const Vector<S>& a, const Vector<S>& y) const {
        const S both = size(a, y);
        const S share = overlap(a, y) / both;
        return entrywise([&](const S&, const S& y_k) -> S { return (share - S(2) * y_k) / both; }, a, y);
    }

  private:
    template <Scalar S>
    S overlap(const Vector<S>& a, const Vector<S>& y) const {
        S sum = as_written<S>(smooth);
        for (Eigen::Index k = 0; k < a.size(); ++k) sum = sum + S(2) * a(k) * y(k);
        return sum;
    }
    template <Scalar S>
    S size(const Vector<S>& a, const Vector<S>& y) const {
        S sum = as_written<S>(smooth);
        for (Eigen::Index k = 0; k < a.size(); ++k) sum = sum + a(k) + y(k);
        return sum;
    }
};

}  // namespace gradproof
