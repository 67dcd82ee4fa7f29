// SPDX-License-Identifier: MIT
#include "gradproof/checks/differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "differences/derivative_search.hpp"
#include "differences/extrapolation.hpp"

namespace gradproof::checks {
namespace {

constexpr double roundoff = 0x1p-53;

// The slope between x - h and x + h, with the step that was really taken: x + h is rounded.
double central_slope(const RealFunction& f, double x, double h) {
    const double above = x + h;
    const double below = x - h;
    return (f(above) - f(below)) / (above - below);
}

// What rounding does to a slope taken with step h: values are off by the noise measured next to x, twice as much if
// terms inside f pass a power of 2 on the way from there, or by half an ulp of the larger of them; and x + h and x - h
// are off by half an ulp each, so that the slope belongs to a point beside x, which the curvature turns into an error.
double rounding_of_slope(const RealFunction& f, double x, double h, double noise) {
    const double above = f(x + h);
    const double below = f(x - h);
    const double off = std::max(2 * noise, roundoff * std::max(std::abs(above), std::abs(below)));
    const double curvature = std::abs(above - 2 * f(x) + below) / (h * h);
    return off / h + roundoff * (std::abs(x) + h) * curvature;
}

double one_sided_slope(const RealFunction& f, double x, double h, int side, double value_at_x) {
    const double beside = x + side * h;
    return (f(beside) - value_at_x) / (beside - x);
}

Estimate estimate_from(std::vector<double> slopes, double factor, double rounding) {
    const auto [value, error_bar] = extrapolate(std::span(slopes), factor, rounding);
    return smooth_estimate(value, error_bar, std::abs(value));
}

// The noise of values `spacing` apart, with a margin, as their sixth differences show it.
double scatter(const RealFunction& f, double x, double spacing) {
    constexpr int points = 31;
    constexpr int order = 6;
    // Sixth differences of independent errors with variance s² have variance s² (12)! / (6!)² = 924 s².
    constexpr double variance_of_differences = 924;
    std::array<double, points> differences{};
    double largest = 0;
    constexpr int middle = points / 2;
    for (int k = 0; k < points; ++k) {
        differences[static_cast<std::size_t>(k)] = f(x + (k - middle) * spacing);
        largest = std::max(largest, std::abs(differences[static_cast<std::size_t>(k)]));
        if (!std::isfinite(differences[static_cast<std::size_t>(k)])) return infinity;
    }
    for (int round = 1; round <= order; ++round)
        for (std::size_t k = 0; k + static_cast<std::size_t>(round) < points; ++k)
            differences[k] = differences[k + 1] - differences[k];
    double squares = 0;
    for (std::size_t k = 0; k < points - order; ++k) squares += differences[k] * differences[k];
    const double deviation = std::sqrt(squares / (points - order) / variance_of_differences);
    // Errors of rounding are bounded by about twice their deviation, which is itself known to a factor of two; and no
    // value is closer than half its last place.
    return std::max(4 * deviation, roundoff * largest);
}

}  // namespace

double noise_of(const RealFunction& f, double x, double spacing) {
    // Where f moves by nearly a whole number of last places from point to point, all its values round alike and the
    // noise does not show; a slope that does so at one of these spacings does not at the others.
    constexpr std::array factors{1.2360679774997898, 1.7320508075688772, 2.6457513110645907};
    double noise = 0;
    for (const double factor : factors) noise = std::max(noise, scatter(f, x, factor * spacing));
    return noise;
}

// In the two estimates below the leading term of the truncation is doubled, which leaves room for the terms behind it
// as long as together they are smaller: that is, while the step is short against the distance over which f changes.

Estimate forward_difference(const RealFunction& f, double x, double h, double noise) {
    const double middle = f(x);
    const double near = one_sided_slope(f, x, h, 1, middle);
    const double far = one_sided_slope(f, x, 2 * h, 1, middle);
    // far - near = h f''/2 to first order, which is the truncation of near.
    return smooth_estimate(near, 2 * std::abs(far - near) + 2 * rounding_of_slope(f, x, h, noise), std::abs(near));
}

Estimate central_difference(const RealFunction& f, double x, double h, double noise) {
    const double wide = central_slope(f, x, h);
    const double narrow = central_slope(f, x, h / 2);
    // The truncations are c h² and c h²/4, so their difference is 3/4 of the wide one.
    return smooth_estimate(wide, 2 * 4.0 / 3.0 * std::abs(wide - narrow) + rounding_of_slope(f, x, h, noise),
                           std::abs(wide));
}

Estimate richardson_difference(const RealFunction& f, double x, double h, double noise, int levels) {
    std::vector<double> slopes;
    for (int level = 0; level <= levels; ++level) slopes.push_back(central_slope(f, x, std::ldexp(h, -level)));
    const double rounding = rounding_of_slope(f, x, h, noise);
    std::vector<double> from_half(slopes.begin() + 1, slopes.end());
    slopes.pop_back();
    Estimate estimate = estimate_from(std::move(slopes), 4, rounding);
    // The correction vanishes where two powers of the step happen to cancel; they do not cancel at half the step as
    // well.
    const double again = extrapolate(std::span(from_half), 4.0, 2 * rounding).value;
    // Where half the step is lost next to x there is nothing to compare with, and rounding has long taken all digits.
    if (std::isfinite(again)) estimate.error_bar += std::abs(estimate.value - again);
    return estimate;
}

Estimate one_sided_difference(const RealFunction& f, double x, double h, double noise, int side, int levels) {
    const double middle = f(x);
    std::vector<double> slopes;
    for (int level = 0; level < levels; ++level)
        slopes.push_back(one_sided_slope(f, x, std::ldexp(h, -level), side, middle));
    Estimate estimate = estimate_from(std::move(slopes), 2, 2 * rounding_of_slope(f, x, h, noise));
    estimate.method = Method::one_sided_difference;
    return estimate;
}

Estimate derivative_with_error_bar(const RealFunction& f, double x) {
    const Curve curve = [&f](double t) { return Eigen::VectorXd::Constant(1, f(t)); };
    const Eigen::VectorXd at_x = curve(x);
    SampledLine line(curve, x, at_x);
    return derivative_along(line, 0);
}

}  // namespace gradproof::checks
