// SPDX-License-Identifier: MIT
//
// The losses of one example at three steps to either side, and what they say of its derivative: extrapolated central
// differences; one-sided ones if a kink lies on the other side; both one-sided derivatives if the example sits on the
// kink. derivations/finite_differences.md
#pragma once

#include <array>
#include <optional>

#include "differences/network/network_probe.hpp"
#include "differences/network/roundoff.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

inline constexpr std::size_t steps_a_side = 3;  // h, h/2, h/4
inline constexpr int most_shrinkings = 8;       // of the step by `shrinking` each, where kinks are near
inline constexpr int shrinking = 16;

/// The first step, in units of the distance over which losses are smooth. Extrapolated central differences are off by
/// about step⁶/5e4 and by 8 roundings / step: in double both are near 1e-14 of the loss for 2^-6, with a 64-bit
/// mantissa near 1e-17 for 2^-8. With kinks a longer step would meet more of them.
template <class S>
S first_step_for(bool with_kinks) {
    const int exponent = with_kinks ? -10 : (std::same_as<S, double> ? -6 : -8);
    return std::ldexp(S(1), exponent);
}

template <class S>
struct ExampleStencil {
    std::array<std::array<S, steps_a_side>, 2> losses;  ///< [0] above, [1] below
    std::array<Crossing, 2> crossings;                  ///< the worst of the three steps
    S unmoved;                                          ///< the loss in between
    S step;                                             ///< h
    S rounding;                                         ///< of the loss in between
    bool rounding_grows = false;                        ///< with a loss that moves

    /// Of each loss: the farther it lies from the one in between, the more may have been rounded on the way there.
    S rounding_of_losses() const;

    /// The estimate, if the kinks allow one with this step.
    std::optional<Estimate> estimate() const;
};

extern template struct ExampleStencil<double>;
extern template struct ExampleStencil<long double>;

}  // namespace gradproof::checks
