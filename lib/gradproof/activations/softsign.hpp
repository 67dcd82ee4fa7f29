// SPDX-License-Identifier: MIT
//
// Softsign, g(z) = z / (1 + |z|): like tanh between -1 and 1, but slow to get there. It has no kink: |z| has one at 0,
// its slope there cancels. derivations/activations/softsign.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Softsign {
    static constexpr std::string_view name = "softsign";
    static constexpr Interval range{.lower = -1, .upper = 1};
    static constexpr std::array seams{0.0};

    /// derivations/activations/softsign.md (value)
    template <Ordered S>
    S value(const S& z) const {
        if (z < S(0)) return z / (S(1) - z);
        return z / (S(1) + z);
    }
    /// derivations/activations/softsign.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        const S root = S(1) / (z < S(0) ? S(S(1) - z) : S(S(1) + z));
        return root * root;
    }
    /// derivations/activations/softsign.md (derivative_from_value)
    template <Ordered S>
    S derivative_from_value(const S& a) const {
        const S root = a < S(0) ? S(S(1) + a) : S(S(1) - a);
        return root * root;
    }
};

}  // namespace gradproof
