// SPDX-License-Identifier: MIT
//
// Swish, g(z) = z σ(z).
// derivations/activations/swish.md
#pragma once

#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

struct Swish {
    static constexpr std::string_view name = "swish";
    static constexpr Interval range = real_line;

    /// derivations/activations/swish.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * Sigmoid{}.value(z);
    }
    /// derivations/activations/swish.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return Sigmoid{}.value(z) + z * Sigmoid{}.derivative(z);
    }
};

}  // namespace gradproof
