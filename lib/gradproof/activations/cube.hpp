// SPDX-License-Identifier: MIT
//
// The cube g(z) = z³.
// derivations/activations/cube.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Cube {
    static constexpr std::string_view name = "cube";
    static constexpr Interval range = real_line;

    /// derivations/activations/cube.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * z * z;
    }
    /// derivations/activations/cube.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return S(3) * z * z;
    }
    /// derivations/activations/cube.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return S(6) * z;
    }
};

}  // namespace gradproof
