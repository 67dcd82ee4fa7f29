// SPDX-License-Identifier: MIT
//
// The sigmoid-weighted unit g(z) = z σ(beta z), also called swish; beta is 1 unless set.
// derivations/activations/silu.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct Silu {
    static constexpr std::string_view name = "silu";
    static constexpr Interval range = real_line;  ///< the values have a minimum, but where it lies depends on beta

    double beta = 1;  ///< how sharp the gate is, positive
    static constexpr std::array<Parameter<Silu>, 1> parameters{{{"beta", &Silu::beta, positive_numbers}}};

    /// derivations/activations/silu.md (value)
    template <Scalar S>
    S value(const S& z) const {
        return z * Sigmoid{}.value(S(as_written<S>(beta) * z));
    }
    /// With σ(-u) for 1 - σ(u), which cancels far to the right. derivations/activations/silu.md (derivative)
    template <Scalar S>
    S derivative(const S& z) const {
        const S u = as_written<S>(beta) * z;
        return Sigmoid{}.value(u) * (S(1) + u * Sigmoid{}.value(S(-u)));
    }
    /// derivations/activations/silu.md (second_derivative)
    template <Scalar S>
    S second_derivative(const S& z) const {
        const S u = as_written<S>(beta) * z;
        return as_written<S>(beta) * (S(2) * Sigmoid{}.derivative(u) + u * Sigmoid{}.second_derivative(u));
    }
};

}  // namespace gradproof
