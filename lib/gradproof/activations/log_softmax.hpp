// SPDX-License-Identifier: MIT
//
// Log-softmax: the logarithms of the probabilities that softmax gives, which keep their digits where a probability is
// close to 0 or to 1.
// derivations/activations/log_softmax.md
#pragma once

#include <string_view>

#include "gradproof/activations/softmax.hpp"

namespace gradproof {

struct LogSoftmax {
    static constexpr std::string_view name = "log_softmax";
    static constexpr Interval range{.upper = 0};
    static constexpr bool is_shift_invariant = true;

    /// With the largest z taken out, and log1p of the sum of the other exponentials: log(1 + small) would be 0.
    /// derivations/activations/log_softmax.md (value)
    template <Scalar S>
    Vector<S> value(const Vector<S>& z) const {
        const Eigen::Index largest = Softmax::largest(z);
        const S c = z(largest);
        S others = S(0);
        for (Eigen::Index k = 0; k < z.size(); ++k)
            if (k != largest) others = others + exp(S(z(k) - c));
        const S log_sum = log1p(others);
        return entrywise([&](const S& z_k) -> S { return (z_k - c) - log_sum; }, z);
    }
    /// Jᵀ upstream with J = I - 1 pᵀ, p the probabilities. derivations/activations/log_softmax.md (pull_back)
    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        const S sum = upstream.sum();
        return entrywise([&sum](const S& p_k, const S& u) -> S { return u - p_k * sum; }, Softmax{}.value(z), upstream);
    }
};

}  // namespace gradproof
