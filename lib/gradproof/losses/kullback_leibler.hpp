// SPDX-License-Identifier: MIT
//
// The Kullback-Leibler divergence of the labels from the predictions, y log(y / a) summed over the classes: categorical
// cross-entropy less the entropy of the labels, which no parameter moves.
// derivations/losses/kullback_leibler.md
#pragma once

#include <string_view>

#include "gradproof/activations/softmax.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct KullbackLeibler {
    /// It differs from the cross-entropy by what no prediction changes, and so has the same derivatives.
    using Canonical = Softmax;
    static constexpr std::string_view name = "kullback_leibler";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::distribution;

    /// One component, with 0 log 0 = 0. As one logarithm: log y - log a would cancel where a is near y.
    /// derivations/losses/kullback_leibler.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return x_log_y(y, S(y / a));
    }
    /// derivations/losses/kullback_leibler.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(y / a);
    }
};

}  // namespace gradproof
