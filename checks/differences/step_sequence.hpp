// SPDX-License-Identifier: MIT
//
// Values of a function at four steps to either side of a point, and what they say of its derivative there: from both
// sides and from each side alone, with the error of each. derivations/finite_differences.md (step sequence)
#pragma once

#include <array>
#include <cstddef>
#include <limits>

namespace gradproof::checks {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr std::size_t steps_per_side = 4;

/// Four unequally spaced steps, shortest first, such that x + step and x - step are numbers of double precision.
/// `longest` is at least `shortest_sequence(x)`.
std::array<double, steps_per_side> steps_from(double x, double longest);

/// The length of the shortest sequence of different steps at x: eight units in its last place.
double shortest_sequence(double x);

/// The values at x, x + steps and x - steps.
struct StepValues {
    std::array<double, steps_per_side> steps{};
    double middle = 0;
    std::array<double, steps_per_side> above{};
    std::array<double, steps_per_side> below{};

    bool is_finite() const;
    /// Whether no value above (below) differs from the middle by a single bit.
    bool is_flat_above() const;
    bool is_flat_below() const;
    double largest() const;   ///< the largest absolute value
    double roundoff() const;  ///< half a last place of that value: no value is sure to be closer to the true one
};

/// A derivative extrapolated to step 0. Errors of single values of at most `noise` make the bar
/// truncation + gain * noise.
struct Extrapolation {
    double value = 0;
    double truncation = 0;
    double gain = 0;

    double error_bar(double noise) const { return truncation + gain * noise; }
};

/// What one sequence says.
struct SequenceSlopes {
    Extrapolation central;
    Extrapolation from_above;
    Extrapolation from_below;
    /// Deviations from a smooth curve, in units of one value's error; truncation of a high order shows as well.
    double deviation = 0;        ///< root mean square of two
    double deviation_above = 0;  ///< of the values above alone, which may have met those below in a kink
    double deviation_below = 0;
    double movement = 0;   ///< how far the function moves to either side over the longest step, divided by it
    double curvature = 0;  ///< the second derivative, roughly
};

/// All values must be finite.
SequenceSlopes slopes_of(const StepValues& values);

}  // namespace gradproof::checks
