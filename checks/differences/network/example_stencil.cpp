// SPDX-License-Identifier: MIT
#include "differences/network/example_stencil.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>

#include "differences/extrapolation.hpp"

namespace gradproof::checks {
namespace {

// The extrapolation's bar is narrow by accident where two terms of the series happen to cancel between two steps. Terms
// shrink about geometrically, so the second is not taken for less than a share of the first one's square: half of what
// it is for the exponential function.
template <class S>
Estimate estimate_from(std::array<S, steps_a_side> slopes, S factor, S rounding_of_first) {
    const S first_term = std::abs(slopes[steps_a_side - 2] - slopes[steps_a_side - 1]);
    const auto [value, error_bar] = extrapolate(std::span<S>(slopes), factor, rounding_of_first);
    const S size = std::max(std::abs(value), first_term);
    const S least = size > S(0) ? first_term * (first_term / size) / (S(4) * factor) : S(0);
    return smooth_estimate(static_cast<double>(value), static_cast<double>(std::max(error_bar, least)),
                           static_cast<double>(std::abs(value)));
}

template <class S>
Estimate central(const ExampleStencil<S>& stencil) {
    std::array<S, steps_a_side> slopes;
    for (std::size_t k = 0; k < steps_a_side; ++k)
        slopes[k] =
            (stencil.losses[0][k] - stencil.losses[1][k]) / std::ldexp(S(2) * stencil.step, -static_cast<int>(k));
    Estimate estimate = estimate_from(slopes, S(4), stencil.rounding_of_losses() / stencil.step);
    if (!std::same_as<S, double>) estimate.method = Method::extended_difference;
    return estimate;
}

template <class S>
Estimate one_sided(const ExampleStencil<S>& stencil, std::size_t side) {
    const S step = side == 0 ? stencil.step : -stencil.step;
    std::array<S, steps_a_side> slopes;
    for (std::size_t k = 0; k < steps_a_side; ++k)
        slopes[k] = (stencil.losses[side][k] - stencil.unmoved) / std::ldexp(step, -static_cast<int>(k));
    Estimate estimate = estimate_from(slopes, S(2), S(2) * stencil.rounding_of_losses() / stencil.step);
    estimate.method = std::same_as<S, double> ? Method::one_sided_difference : Method::extended_difference;
    return estimate;
}

template <class S>
Estimate between_the_sides(const ExampleStencil<S>& stencil) {
    const Estimate above = one_sided(stencil, 0);
    const Estimate below = one_sided(stencil, 1);
    Estimate kink = above;
    kink.from_below = below.value;
    kink.from_above = above.value;
    kink.value = (below.value + above.value) / 2;
    kink.error_bar = std::max(above.error_bar, below.error_bar);
    kink.scale = std::max(above.scale, below.scale);
    return kink;
}

}  // namespace

template <class S>
S ExampleStencil<S>::rounding_of_losses() const {
    S farthest = S(0);
    for (const auto& side : losses)
        for (const S& loss : side) farthest = std::max(farthest, std::abs(loss - unmoved));
    return RoundingOfLoss<S>{rounding, rounding_grows}.after(farthest);
}

template <class S>
std::optional<Estimate> ExampleStencil<S>::estimate() const {
    const auto [above, below] = crossings;
    if (above == Crossing::none && below == Crossing::none) return central(*this);
    if (above == Crossing::off_kink || below == Crossing::off_kink) {
        if (above == Crossing::crossed || below == Crossing::crossed) return std::nullopt;
        return between_the_sides(*this);
    }
    if (above == Crossing::none) return one_sided(*this, 0);
    if (below == Crossing::none) return one_sided(*this, 1);
    return std::nullopt;
}

template struct ExampleStencil<double>;
template struct ExampleStencil<long double>;

}  // namespace gradproof::checks
