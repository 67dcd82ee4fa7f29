// SPDX-License-Identifier: MIT
//
// Binary cross-entropy, the negative log-likelihood of a label in {0, 1} (or a probability in [0, 1]) under a predicted
// probability a: -(y log a + (1 - y) log(1 - a)).
// derivations/losses/binary_cross_entropy.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct BinaryCrossEntropy {
    using Canonical = Sigmoid;
    static constexpr std::string_view name = "binary_cross_entropy";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::numbers;

    /// derivations/losses/binary_cross_entropy.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        if (y == S(1)) return -log(a);
        return -(x_log_y(y, a) + (S(1) - y) * log_of_rest(a));
    }
    /// derivations/losses/binary_cross_entropy.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(y / a - (S(1) - y) / (S(1) - a));
    }
    /// softplus(z) - y z: the loss on probabilities takes log(1 - a) of an a that has rounded to 1 from z = 37 on.
    /// derivations/losses/binary_cross_entropy.md (value_from_pre_activation)
    template <Scalar S>
    S value_from_pre_activation(const S& z, const S& y) const {
        return Softplus{}.value(z) - y * z;
    }
};

}  // namespace gradproof
