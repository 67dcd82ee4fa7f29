// SPDX-License-Identifier: MIT
//
// Richardson's extrapolation of difference quotients to step 0, with an error bar. derivations/finite_differences.md
// (richardson)
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>

namespace gradproof::checks {

template <std::floating_point S>
struct Extrapolated {
    S value;
    S error_bar;
};

/// The slope at step 0 from slopes taken with steps h, h/2, h/4, ..., at least two of them, which are overwritten. Each
/// round of the tableau removes one power of the step from the error: h², h⁴, ... for central differences (`factor` 4),
/// h, h², ... for one-sided ones (`factor` 2). The bar is the distance to the coarser entry of the last round but one,
/// which is wider than the truncation that is left by the last factor, plus rounding: `rounding` is that of the first
/// slope, it doubles with every halving of the step, and a round with factor f amplifies it by (f + 1) / (f - 1).
template <std::floating_point S>
Extrapolated<S> extrapolate(std::span<S> slopes, S factor, S rounding) {
    S amplified = std::ldexp(rounding, static_cast<int>(slopes.size()) - 1);
    S coarser = slopes.front();
    S power = factor;
    for (std::size_t left = slopes.size() - 1; left > 0; --left, power *= factor) {
        coarser = slopes[left - 1];
        for (std::size_t k = 0; k < left; ++k) slopes[k] = slopes[k + 1] + (slopes[k + 1] - slopes[k]) / (power - S(1));
        amplified *= (power + S(1)) / (power - S(1));
    }
    return {slopes.front(), std::abs(slopes.front() - coarser) + amplified};
}

}  // namespace gradproof::checks
