// SPDX-License-Identifier: MIT
//
// Softmin: softmax of the pre-activations with the other sign, so that the smallest has the largest probability.
// derivations/activations/softmin.md
#pragma once

#include <string_view>

#include "gradproof/activations/softmax.hpp"

namespace gradproof {

struct Softmin {
    static constexpr std::string_view name = "softmin";
    static constexpr Interval range = open_unit_interval;
    static constexpr bool is_shift_invariant = true;
    double softmax_gain() const { return -1; }

    /// One column. derivations/activations/softmin.md (value)
    template <Scalar S>
    Vector<S> value(const Vector<S>& z) const {
        return Softmax{}.value(opposite(z));
    }
    /// derivations/activations/softmin.md (pull_back)
    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return opposite(Softmax{}.pull_back(opposite(z), upstream));
    }

  private:
    template <Scalar S>
    static Vector<S> opposite(const Vector<S>& z) {
        return entrywise([](const S& z_k) -> S { return -z_k; }, z);
    }
};

}  // namespace gradproof
