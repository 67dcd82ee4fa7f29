// SPDX-License-Identifier: MIT
//
// Mish, g(z) = z tanh(softplus(z)): a silu with another gate.
// derivations/activations/mish.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

struct Mish {
    static constexpr std::string_view name = "mish";
    static constexpr Interval range{.lower = -0.3088434130172505, .closed_below = true};

    /// derivations/activations/mish.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * Tanh{}.value(Softplus{}.value(z));
    }
    /// The slope 1 - tanh² of the gate is written with e^(-2s), since the difference cancels far to the right.
    /// derivations/activations/mish.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        const S s = Softplus{}.value(z);
        const S e = exp(S(S(-2) * s));
        const S slope = S(4) * e / ((S(1) + e) * (S(1) + e));
        return Tanh{}.value(s) + z * slope * Sigmoid{}.value(z);
    }
};

}  // namespace gradproof
