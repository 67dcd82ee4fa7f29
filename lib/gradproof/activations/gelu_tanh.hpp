// SPDX-License-Identifier: MIT
//
// The approximation of GELU with a tanh, g(z) = z/2 (1 + tanh u) with u = 0.797884560802865 (z + 0.044715 z³).
// derivations/activations/gelu_tanh.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

struct GeluTanh {
    static constexpr std::string_view name = "gelu_tanh";
    static constexpr Interval range = real_line;

    /// As z σ(2u), since to the left 1 + tanh u cancels. derivations/activations/gelu_tanh.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * Sigmoid{}.value(S(S(2) * inner(z)));
    }
    /// With σ(2u) and its slope in the place of (1 + tanh u)/2, for the same reason. Near its zero, about
    /// z = -0.75, the two terms cancel; it is accurate to one rounding of 1 there.
    /// derivations/activations/gelu_tanh.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        const S twice = S(2) * inner(z);
        return Sigmoid{}.value(twice) + S(2) * z * Sigmoid{}.derivative(twice) * inner_slope(z);
    }

  private:
    template <Scalar S>
    static S inner(const S& z) {
        return as_written<S>(0.797884560802865) * (z + as_written<S>(0.044715) * z * z * z);
    }
    template <Scalar S>
    static S inner_slope(const S& z) {
        return as_written<S>(0.797884560802865) * (S(1) + as_written<S>(0.134145) * z * z);
    }
};

}  // namespace gradproof
