// SPDX-License-Identifier: MIT
//
// Categorical cross-entropy, -sum_k y_k log a_k: the negative log-likelihood of a class, y one-hot or a distribution.
// derivations/losses/categorical_cross_entropy.md
#pragma once

#include <string_view>

#include "gradproof/activations/softmax.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct CategoricalCrossEntropy {
    using Canonical = Softmax;
    static constexpr std::string_view name = "categorical_cross_entropy";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::distribution;

    /// One component. derivations/losses/categorical_cross_entropy.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return -x_log_y(y, a);
    }
    /// derivations/losses/categorical_cross_entropy.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(y / a);
    }
    /// One whole column, sum_k y_k (log sum_j e^{z_j} - z_k), with the largest z taken out of the exponents: log of a
    /// softmax that has rounded to 0 would be -inf.
    /// derivations/losses/categorical_cross_entropy.md (value_from_pre_activation)
    template <Scalar S>
    S value_from_pre_activation(const Vector<S>& z, const Vector<S>& y) const {
        const S c = Softmax::shift(z);
        const S log_sum = log(S(entrywise([&c](const S& z_k) -> S { return exp(S(z_k - c)); }, z).sum()));
        S loss = S(0);
        for (Eigen::Index k = 0; k < z.size(); ++k) loss = loss + y(k) * (log_sum - (z(k) - c));
        return loss;
    }
};

}  // namespace gradproof
