// SPDX-License-Identifier: MIT
//
// The arctangent: from -π/2 to π/2, which it nears as slowly as 1/z.
// derivations/activations/arctan.md
#pragma once

#include <numbers>
#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Arctan {
    static constexpr std::string_view name = "arctan";
    static constexpr Interval range{.lower = -std::numbers::pi / 2, .upper = std::numbers::pi / 2};

    /// derivations/activations/arctan.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return atan(z);
    }
    /// derivations/activations/arctan.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return S(1) / (S(1) + z * z);
    }
    /// derivations/activations/arctan.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        const S slope = derivative(z);
        return S(-2) * z * slope * slope;
    }
};

}  // namespace gradproof
