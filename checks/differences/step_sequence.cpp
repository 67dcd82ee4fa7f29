// SPDX-License-Identifier: MIT
#include "differences/step_sequence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gradproof::checks {
namespace {

using Weights = std::array<double, steps_per_side>;

// Unequally spaced, so that a function which moves by nearly a whole number of last places over one step does not do so
// over the others: rounding errors that were alike would not show.
constexpr Weights fractions{0.2831853, 0.5182818, 0.7645751, 1};

// What values at the first `count` nodes are multiplied by to give the value at 0 of the polynomial through them.
Weights weights_to_zero(const Weights& nodes, std::size_t count) {
    Weights weights{};
    for (std::size_t k = 0; k < count; ++k) {
        weights[k] = 1;
        for (std::size_t other = 0; other < count; ++other)
            if (other != k) weights[k] *= nodes[other] / (nodes[other] - nodes[k]);
    }
    return weights;
}

double weighted(const Weights& weights, const Weights& values) {
    double sum = 0;
    for (std::size_t k = 0; k < steps_per_side; ++k) sum += weights[k] * values[k];
    return sum;
}

Weights difference(const Weights& a, const Weights& b) {
    Weights result;
    for (std::size_t k = 0; k < steps_per_side; ++k) result[k] = a[k] - b[k];
    return result;
}

// The polynomials through all four slopes, through the three and the two with the shortest steps differ by their
// truncation. The longest polynomial is off by less than the next one if the terms of the series fall at all; the share
// of the other difference is for a term that happens to vanish here.
constexpr double share_of_last = 2;
constexpr double share_of_one_before = 0x1p-5;

// `noise_per_step` over a step is how far one slope is off if single values are off by 1.
Extrapolation extrapolated(const Weights& nodes, const Weights& slopes, const Weights& steps, double noise_per_step) {
    const Weights four = weights_to_zero(nodes, 4);
    const Weights three = weights_to_zero(nodes, 3);
    const Weights two = weights_to_zero(nodes, 2);
    Extrapolation result{.value = weighted(four, slopes)};
    result.truncation = share_of_last * std::abs(weighted(difference(four, three), slopes)) +
                        share_of_one_before * std::abs(weighted(difference(three, two), slopes));
    for (std::size_t k = 0; k < steps_per_side; ++k) result.gain += std::abs(four[k]) * noise_per_step / steps[k];
    return result;
}

}  // namespace

double shortest_sequence(double x) {
    const double size = std::abs(x);
    return 8 * (std::nextafter(size, std::numeric_limits<double>::infinity()) - size);
}

std::array<double, steps_per_side> steps_from(double x, double longest) {
    Weights steps;
    for (std::size_t k = 0; k < steps_per_side; ++k) {
        const double beside = std::abs(x) + fractions[k] * longest;
        steps[k] = beside - std::abs(x);
    }
    return steps;
}

bool StepValues::is_finite() const {
    const auto finite = [](double value) { return std::isfinite(value); };
    return std::isfinite(middle) && std::all_of(above.begin(), above.end(), finite) &&
           std::all_of(below.begin(), below.end(), finite);
}

bool StepValues::is_flat_above() const {
    return std::all_of(above.begin(), above.end(), [this](double value) { return value == middle; });
}

bool StepValues::is_flat_below() const {
    return std::all_of(below.begin(), below.end(), [this](double value) { return value == middle; });
}

double StepValues::largest() const {
    double size = std::abs(middle);
    for (std::size_t k = 0; k < steps_per_side; ++k) size = std::max({size, std::abs(above[k]), std::abs(below[k])});
    return size;
}

double StepValues::roundoff() const {
    return std::max(0x1p-53 * largest(), std::numeric_limits<double>::denorm_min());
}

namespace {

// The values times a power of 2, so that no difference overflows and no product of small ones vanishes.
StepValues scaled(StepValues values, int exponent) {
    const auto scale = [exponent](double& value) { value = std::ldexp(value, -exponent); };
    scale(values.middle);
    for (auto* side : {&values.above, &values.below}) std::for_each(side->begin(), side->end(), scale);
    return values;
}

}  // namespace

SequenceSlopes slopes_of(const StepValues& values) {
    const double largest = values.largest();
    const int exponent = largest > 0 ? std::ilogb(largest) : 0;
    const StepValues v = scaled(values, exponent);
    Weights squares;
    Weights central;
    Weights above;
    Weights below;
    Weights bends;
    for (std::size_t k = 0; k < steps_per_side; ++k) {
        const double step = v.steps[k];
        squares[k] = step * step;
        central[k] = (v.above[k] - v.below[k]) / (2 * step);
        above[k] = (v.above[k] - v.middle) / step;
        below[k] = (v.middle - v.below[k]) / step;
        bends[k] = ((v.above[k] - v.middle) + (v.below[k] - v.middle)) / step;
    }
    SequenceSlopes slopes;
    slopes.central = extrapolated(squares, central, v.steps, 1);
    slopes.from_above = extrapolated(v.steps, above, v.steps, 2);
    slopes.from_below = extrapolated(v.steps, below, v.steps, 2);

    // Both parts of the function, the odd and the even one, are polynomials in the square of the step: what the fourth
    // value adds to the polynomial through the other three is noise, or truncation of a high order.
    const Weights added = difference(weights_to_zero(squares, 4), weights_to_zero(squares, 3));
    double odd = 0;
    double even = 0;
    double odd_variance = 0;
    double even_variance = 0;
    double of_middle = 0;
    for (std::size_t k = 0; k < steps_per_side; ++k) {
        const double step = v.steps[k];
        odd += added[k] * central[k];
        even += added[k] * (bends[k] / (2 * step));
        odd_variance += added[k] * added[k] / (2 * squares[k]);
        even_variance += added[k] * added[k] / (2 * squares[k] * squares[k]);
        of_middle += added[k] / squares[k];
    }
    slopes.deviation =
        std::hypot(odd / std::sqrt(odd_variance), even / std::hypot(std::sqrt(even_variance), of_middle)) /
        std::numbers::sqrt2;
    const Weights added_to_side = difference(weights_to_zero(v.steps, 4), weights_to_zero(v.steps, 3));
    double side_variance = 0;
    double of_middle_to_side = 0;
    for (std::size_t k = 0; k < steps_per_side; ++k) {
        side_variance += added_to_side[k] * added_to_side[k] / squares[k];
        of_middle_to_side += added_to_side[k] / v.steps[k];
    }
    const double side_noise = std::hypot(std::sqrt(side_variance), of_middle_to_side);
    slopes.deviation_above = std::abs(weighted(added_to_side, above)) / side_noise;
    slopes.deviation_below = std::abs(weighted(added_to_side, below)) / side_noise;
    const double longest = v.steps.back();
    slopes.movement = (std::abs(v.above.back() - v.middle) + std::abs(v.below.back() - v.middle)) / (2 * longest);
    slopes.curvature = bends.back() / longest;
    for (Extrapolation* of : {&slopes.central, &slopes.from_above, &slopes.from_below}) {
        of->value = std::ldexp(of->value, exponent);
        of->truncation = std::ldexp(of->truncation, exponent);
    }
    for (double* number :
         {&slopes.deviation, &slopes.deviation_above, &slopes.deviation_below, &slopes.movement, &slopes.curvature})
        *number = std::ldexp(*number, exponent);
    return slopes;
}

}  // namespace gradproof::checks
