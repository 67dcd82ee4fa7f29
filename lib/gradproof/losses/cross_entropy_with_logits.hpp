// SPDX-License-Identifier: MIT
//
// Categorical cross-entropy of the softmax of the predictions, in one: the predictions are logits, any numbers, and the
// output needs no activation. No sum over the components, since the softmax of each depends on all.
// derivations/losses/cross_entropy_with_logits.md
#pragma once

#include <string_view>

#include "gradproof/activations/log_softmax.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct CrossEntropyWithLogits {
    static constexpr std::string_view name = "cross_entropy_with_logits";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::distribution;
    static constexpr std::string_view formula = "(-(sum over outputs of y log(exp(a)/(sum over outputs of exp(a)))))";

    /// By log-softmax, which does not overflow and keeps the digits of a small loss.
    /// derivations/losses/cross_entropy_with_logits.md (value)
    template <Scalar S>
    S value(const Vector<S>& a, const Vector<S>& y) const {
        const Vector<S> log_p = LogSoftmax{}.value(a);
        S loss = S(0);
        for (Eigen::Index k = 0; k < a.size(); ++k) loss = loss - y(k) * log_p(k);
        return loss;
    }
    /// derivations/losses/cross_entropy_with_logits.md (gradient)
    template <Scalar S>
    Vector<S> gradient(const Vector<S>& a, const Vector<S>& y) const {
        const S sum = y.sum();
        return entrywise([&sum](const S& p_k, const S& y_k) -> S { return p_k * sum - y_k; }, Softmax{}.value(a), y);
    }
};

}  // namespace gradproof
