// SPDX-License-Identifier: MIT
//
// GELU: z times the probability that a standard normal number lies below z, g(z) = z/2 (1 + erf(z/√2)).
// derivations/activations/gelu.md
#pragma once

#include <string_view>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Gelu {
    static constexpr std::string_view name = "gelu";
    static constexpr Interval range = real_line;

    /// derivations/activations/gelu.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * probability_below(z);
    }
    /// Near its zero, about z = -0.75, the two terms cancel; it is accurate to one rounding of 1 there.
    /// derivations/activations/gelu.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        return probability_below(z) + z * density(z);
    }

  private:
    /// √2 in every precision.
    template <Scalar S>
    static S root_of_2() {
        return exp(S(log(S(2)) / S(2)));
    }
    /// As erfc(-z/√2)/2, since to the left 1 + erf(z/√2) cancels: from z = -8.37 on it is 0 in double precision.
    template <Scalar S>
    static S probability_below(const S& z) {
        return erfc(S(-z / root_of_2<S>())) / S(2);
    }
    template <Scalar S>
    static S density(const S& z) {
        return exp(S(-(z * z) / S(2))) / (root_of_2<S>() * root_of_pi(z));
    }
};

}  // namespace gradproof
