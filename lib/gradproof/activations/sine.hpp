// SPDX-License-Identifier: MIT
//
// The sine: a periodic activation, for networks that represent waves, sounds and images.
// derivations/activations/sine.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Sine {
    static constexpr std::string_view name = "sine";
    static constexpr Interval range{.lower = -1, .upper = 1, .closed_below = true, .closed_above = true};

    /// derivations/activations/sine.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return sin(z);
    }
    /// The note has the cosine as 1 - 2 sin²(z/2). derivations/activations/sine.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return cos(z);
    }
    /// derivations/activations/sine.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        return -sin(z);
    }
};

}  // namespace gradproof
