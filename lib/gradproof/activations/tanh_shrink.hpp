// SPDX-License-Identifier: MIT
//
// The tanh shrinkage g(z) = z - tanh z: almost 0 near 0, and the line z - 1 or z + 1 far away.
// derivations/activations/tanh_shrink.md
#pragma once

#include <string_view>

#include "gradproof/activations/tanh.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

struct TanhShrink {
    static constexpr std::string_view name = "tanh_shrink";
    static constexpr Interval range = real_line;

    /// Near 0 the difference cancels: it is accurate to one rounding of z, not of the value, which is about z³ / 3.
    /// derivations/activations/tanh_shrink.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z - tanh(z);
    }
    /// derivations/activations/tanh_shrink.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        const S t = tanh(z);
        return t * t;
    }
    /// derivations/activations/tanh_shrink.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        const S t = tanh(z);
        return S(2) * t * Tanh{}.derivative_from_value(t);
    }
};

}  // namespace gradproof
