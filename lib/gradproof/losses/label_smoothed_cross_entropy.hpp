// SPDX-License-Identifier: MIT
//
// Categorical cross-entropy with smoothed labels: a share epsilon of each label, 1/10 unless set, is spread evenly over
// all K classes, so that no prediction has to become 1. What a component's label becomes depends on how many there are.
// derivations/losses/label_smoothed_cross_entropy.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct LabelSmoothedCrossEntropy {
    static constexpr std::string_view name = "label_smoothed_cross_entropy";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::distribution;
    static constexpr std::string_view formula = "(-(sum over outputs of ((1 - epsilon) y + epsilon/K) log(a)))";

    double epsilon = 0.1;  ///< the share that is spread, below 1
    static constexpr std::array<Parameter<LabelSmoothedCrossEntropy>, 1> parameters{
        {{"epsilon", &LabelSmoothedCrossEntropy::epsilon, Interval{.lower = 0, .upper = 1, .closed_below = true}}}};

    /// derivations/losses/label_smoothed_cross_entropy.md (value)
    template <Scalar S>
    S value(const Vector<S>& a, const Vector<S>& y) const {
        S loss = S(0);
        for (Eigen::Index k = 0; k < a.size(); ++k) loss = loss - x_log_y(smoothed(y(k), y.size()), a(k));
        return loss;
    }
    /// derivations/losses/label_smoothed_cross_entropy.md (gradient)
    template <Scalar S>
    Vector<S> gradient(const Vector<S>& a, const Vector<S>& y) const {
        return entrywise([&](const S& a_k, const S& y_k) -> S { return -(smoothed(y_k, y.size()) / a_k); }, a, y);
    }

  private:
    template <Scalar S>
    S smoothed(const S& y, Eigen::Index K) const {
        const S share = as_written<S>(epsilon);
        return (S(1) - share) * y + share / S(static_cast<double>(K));
    }
};

}  // namespace gradproof
