// SPDX-License-Identifier: MIT
//
// Binary cross-entropy of a sigmoid, softplus(a) - y a: the prediction a is the logit, and no probability
// is ever formed.
// derivations/losses/binary_cross_entropy_with_logits.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct BinaryCrossEntropyWithLogits {
    static constexpr std::string_view name = "binary_cross_entropy_with_logits";
    static constexpr Interval prediction_domain = real_line;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::numbers;

    /// As y softplus(-a) + (1 - y) softplus(a), two terms that are not negative: softplus(a) - a cancels far to the
    /// right.
    /// derivations/losses/binary_cross_entropy_with_logits.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return y * Softplus{}.value(S(-a)) + (S(1) - y) * Softplus{}.value(a);
    }
    /// sigma(a) - y, and sigma(a) - 1 is -sigma(-a), which does not cancel.
    /// derivations/losses/binary_cross_entropy_with_logits.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return (S(1) - y) * Sigmoid{}.value(a) - y * Sigmoid{}.value(S(-a));
    }
};

}  // namespace gradproof
