// SPDX-License-Identifier: MIT
//
// The threshold: above it a pre-activation stays as it is, up to it a fixed number stands in its place. The threshold
// is 1/2 and the number 0 unless set; with 0 and 0 it is ReLU. At the threshold the value jumps unless the number is
// the threshold, and there the derivative is taken as 0, the slope of the left. derivations/activations/threshold.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct Threshold {
    static constexpr std::string_view name = "threshold";
    static constexpr Interval range = real_line;

    double edge = 0.5;       ///< the threshold
    double replacement = 0;  ///< the value up to it
    static constexpr std::array<Parameter<Threshold>, 2> parameters{
        {{"threshold", &Threshold::edge, real_line}, {"value", &Threshold::replacement, real_line}}};

    std::array<Kink, 1> kinks() const {
        return {Kink{.at = edge, .derivative_taken = 0, .value_jumps = edge != replacement}};
    }

    /// derivations/activations/threshold.md (value)
    template <Ordered S>
    S value(const S& z) const {
        return as_written<S>(edge) < z ? z : as_written<S>(replacement);
    }
    /// derivations/activations/threshold.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        return as_written<S>(edge) < z ? S(1) : S(0);
    }
};

}  // namespace gradproof
