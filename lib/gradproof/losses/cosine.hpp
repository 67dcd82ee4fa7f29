// SPDX-License-Identifier: MIT
//
// The cosine loss, 1 minus the cosine of the angle between the predictions and the labels of an example: it asks for
// the direction only, not for the length. No sum over the components. It has no value where either column is 0.
// derivations/losses/cosine.md
#pragma once

#include <string_view>

#include "gradproof/loss.hpp"

namespace gradproof {

struct Cosine {
    static constexpr std::string_view name = "cosine";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = real_line;
    static constexpr Labels labels = Labels::numbers;
    static constexpr std::string_view formula =
        "(1 - (sum over outputs of a y)/(sqrt(sum over outputs of a^2) sqrt(sum over outputs of y^2)))";

    /// derivations/losses/cosine.md (value)
    template <Scalar S>
    S value(const Vector<S>& a, const Vector<S>& y) const {
        return S(1) - product(a, y) / (length(a) * length(y));
    }
    /// derivations/losses/cosine.md (gradient)
    template <Scalar S>
    Vector<S> gradient(const Vector<S>& a, const Vector<S>& y) const {
        const S along = product(a, y) / product(a, a);
        const S lengths = length(a) * length(y);
        return entrywise([&](const S& a_k, const S& y_k) -> S { return (along * a_k - y_k) / lengths; }, a, y);
    }

  private:
    // A complex number is not conjugated: the complex step needs the sum of the products as they are.
    template <Scalar S>
    static S product(const Vector<S>& a, const Vector<S>& b) {
        S sum = S(0);
        for (Eigen::Index k = 0; k < a.size(); ++k) sum = sum + a(k) * b(k);
        return sum;
    }
    template <Scalar S>
    static S length(const Vector<S>& a) {
        return sqrt(product(a, a));
    }
};

}  // namespace gradproof
