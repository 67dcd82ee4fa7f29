// SPDX-License-Identifier: MIT
//
// Softmax: a probability for each of K classes from K pre-activations, p_k = e^{z_k} / sum_j e^{z_j}. Each value
// depends on every pre-activation, so its derivative is a Jacobian, and a singular one: its rows sum to 0.
// derivations/activations/softmax.md
#pragma once

#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

struct Softmax {
    static constexpr std::string_view name = "softmax";
    static constexpr Interval range = open_unit_interval;
    static constexpr bool is_shift_invariant = true;
    double softmax_gain() const { return 1; }

    /// Where the largest pre-activation of a column stands.
    template <Scalar S>
    static Eigen::Index largest(const Vector<S>& z) {
        Eigen::Index at = 0;
        for (Eigen::Index k = 1; k < z.size(); ++k)
            if (real_part(z(at)) < real_part(z(k))) at = k;
        return at;
    }
    /// The largest pre-activation of a column. Softmax does not change when a constant is taken from every z, so it is
    /// taken from the exponents, which then cannot overflow.
    template <Scalar S>
    static S shift(const Vector<S>& z) {
        return z(largest(z));
    }
    /// p, one column. derivations/activations/softmax.md (value)
    template <Scalar S>
    Vector<S> value(const Vector<S>& z) const {
        const S c = shift(z);
        const Vector<S> e = entrywise([&c](const S& z_k) -> S { return exp(S(z_k - c)); }, z);
        return e / e.sum();
    }
    /// Jᵀ upstream with J = diag(p) - p pᵀ, without forming J. derivations/activations/softmax.md (pull_back)
    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        const Vector<S> p = value(z);
        const S mean = p.cwiseProduct(upstream).sum();
        return entrywise([&mean](const S& p_k, const S& u) -> S { return p_k * (u - mean); }, p, upstream);
    }
};

}  // namespace gradproof
