// SPDX-License-Identifier: MIT
#include "gradproof/checks/derivative_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "gradproof/checks/slope_ladder.hpp"

namespace gradproof::checks {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Lengths of sequences in units of |x|. Over the first one rounding takes 1e-10 of a function that changes by its own
// size while x changes by its own, and one that turns four hundred times faster is still smooth.
constexpr int first_exponent = -9;
constexpr int exponents_apart = 6;
constexpr int longer_exponent = -4;
constexpr int shortest_exponent = -37;  // below, twice as many
constexpr int longest_exponent = -1;
// A pair of points so near that kinks, peaks and poles between it and the first sequence show.
constexpr int near_exponent = -26;
// Below this x counts as 0, and its unit is 1.
constexpr double smallest_unit = 0x1p-30;
// Where nothing moves over the first sequence: one place towards 0, where functions that have come to their limit move,
// and one so far on the other side that what is too little to be seen from near shows, such as a square beside a number
// a million million times as large.
constexpr double towards_zero = 0x1p-4;
constexpr double far_away = 0x1p20;
constexpr int farthest_exponent = 16;

Estimate no_estimate() {
    return smooth_estimate(std::numeric_limits<double>::quiet_NaN(), infinity, infinity);
}

double unit_of(double x) {
    return std::abs(x) >= smallest_unit ? std::abs(x) : 1.0;
}

// The lengths of all sequences, longest first: from half the unit to a few units in the last place; for an x that
// counts as 0 also those next to the number that it is.
std::vector<double> all_lengths(double x) {
    const double unit = unit_of(x);
    const double shortest = x == 0 ? 0 : shortest_sequence(x);
    std::vector<double> lengths;
    const auto add = [&lengths, shortest](double length) {
        if (length > shortest && (lengths.empty() || length <= lengths.back() / 8)) lengths.push_back(length);
    };
    for (int exponent = longest_exponent; exponent >= longer_exponent; exponent -= exponents_apart / 2)
        add(std::ldexp(unit, exponent));
    for (int exponent = first_exponent; exponent >= shortest_exponent; exponent -= exponents_apart)
        add(std::ldexp(unit, exponent));
    if (x == 0) {
        for (const int exponent : {-60, -100, -200, -400, -800}) add(std::ldexp(1.0, exponent));
        return lengths;
    }
    const double size = std::abs(x);
    for (int exponent = unit == size ? shortest_exponent : -2; exponent >= shortest_exponent;
         exponent -= exponents_apart)
        add(std::ldexp(size, exponent));
    for (int exponent = shortest_exponent - exponents_apart / 2; exponent > -53; exponent -= exponents_apart / 2)
        add(std::ldexp(size, exponent));
    lengths.push_back(shortest);
    return lengths;
}

// One component of the function.
class Component {
  public:
    Component(SampledLine& line, Eigen::Index index) : line_(line), index_(index), unit_(unit_of(line.x())) {}

    Estimate estimate() {
        if (!std::isfinite(at(line_.x()))) return no_estimate();
        if (const auto found = smooth_estimate_at(first_exponent)) return *found;
        if (const auto found = estimate_where_flat()) return *found;
        for (const int exponent : {first_exponent - exponents_apart, longer_exponent, longest_exponent})
            if (const auto found = smooth_estimate_at(exponent)) return *found;
        return searched().value_or(no_estimate());
    }

  private:
    double at(double t) { return line_.value(t, index_); }

    StepValues sequence(int exponent) { return line_.sequence(std::ldexp(unit_, exponent), index_); }

    // Over one sequence, if the function is smooth there, as the near pair confirms, and the bar is narrow.
    std::optional<Estimate> smooth_estimate_at(int exponent) {
        const StepValues values = sequence(exponent);
        if (!values.is_finite()) return std::nullopt;
        const SequenceSlopes slopes = slopes_of(values);
        const double slope = slopes.central.value;
        const Deviations near = deviations_at(std::ldexp(unit_, near_exponent), slope, slopes.curvature);
        if (!std::isfinite(near.odd) || !std::isfinite(near.even)) return std::nullopt;
        const double roundoff = values.roundoff();
        const double deviation = std::hypot(std::numbers::sqrt2 * slopes.deviation, near.odd, near.even) / 2;
        const double noise = noise_of_values(deviation, roundoff);
        const double jump = std::abs(slopes.from_above.value - slopes.from_below.value);
        if (jump > slopes.from_above.error_bar(noise) + slopes.from_below.error_bar(noise)) return std::nullopt;
        const double bar = slopes.central.error_bar(noise) + rounding_of_claim(slope, slopes.curvature, line_.x());
        Estimate estimate = checks::smooth_estimate(slope, bar, std::max(std::abs(slope), bar));
        estimate.movement = slopes.movement;
        const bool is_of_unit = line_.x() == 0 || unit_ == std::abs(line_.x());
        const bool is_stationary = is_of_unit && std::abs(slope) <= bar && bar <= stationary_share * slopes.movement;
        if (!is_narrow(estimate) && !is_stationary) return std::nullopt;
        if (std::max({slopes.deviation, near.odd, near.even}) <= usual_noise * roundoff) return estimate;
        if (deviation > largest_plain_noise * roundoff) return std::nullopt;
        return is_noise(deviation, estimate, slopes.curvature, roundoff) ? std::optional(estimate) : std::nullopt;
    }

    // How far the values a step to either side are off the parabola with this slope and curvature, as multiples of the
    // error of one value.
    struct Deviations {
        double odd;
        double even;
    };
    Deviations deviations_at(double length, double slope, double curvature) {
        const double x = line_.x();
        const double step = (std::abs(x) + length) - std::abs(x);
        const double middle = at(x);
        const double up = at(x + step) - middle;
        const double down = at(x - step) - middle;
        return {std::abs(up / 2 - down / 2 - slope * step) * std::numbers::sqrt2,
                std::abs(up / 2 + down / 2 - curvature * step * step / 2) / std::sqrt(1.5)};
    }

    // Values further away deviate from a slope more than rounding explains. Whether that is noise: values next to x
    // deviate as much, or lie on a grid and do not move at all. What moves smoothly there is a structure of the
    // function that is finer than the steps, of which those say nothing.
    bool is_noise(double deviation, const Estimate& slope, double curvature, double roundoff) {
        if (slope.value == 0) return false;
        const double x = line_.x();
        const double wanted = std::max(deviation / 64, roundings_apart * roundoff) / std::abs(slope.value);
        const double length = std::clamp(wanted, shortest_sequence(x) / 8, std::ldexp(unit_, near_exponent - 2));
        const auto is_still = [&](double step) { return at(x + step) == at(x) && at(x - step) == at(x); };
        if (is_still(length) && is_still(4 * length)) return true;
        const auto [odd, even] = deviations_at(length, slope.value, curvature);
        return std::max(odd, even) >= deviation / 4;
    }

    bool is_flat_at(double length) {
        const StepValues values = line_.sequence(length, index_);
        return values.is_flat_above() && values.is_flat_below();
    }

    // Where the constant piece around x ends on one side.
    struct Edge {
        bool is_kink;      // in a kink, or nowhere
        double least = 0;  // the least move seen beyond it
    };

    // From a kink on a function moves in proportion to the distance, so that next to the kink it moves by next to
    // nothing. A smooth function of which only the last places do not move leaves its constant piece slowly, a place at
    // a time, and one in steps leaves it at once.
    Edge edge(double side) {
        const double x = line_.x();
        const double middle = at(x);
        double flat = std::ldexp(unit_, first_exponent);
        double moved = flat;
        while (at(x + side * moved) == middle) {
            if (moved > far_away * std::max(std::abs(x), 1.0)) return {true};
            flat = moved;
            moved *= 4;
        }
        for (int halving = 0; halving < most_halvings; ++halving) {
            const double between = flat + (moved - flat) / 2;
            (at(x + side * between) == middle ? flat : moved) = between;
        }
        const double least = std::abs(at(x + side * moved) - middle);
        const double beyond = std::abs(at(x + side * flat * (1 + beyond_edge)) - middle);
        return {beyond > visible_kink * least, least};
    }

    // A function that does not move over the first sequence: it never moves, or it is constant around x, or its
    // movement is too small to be seen.
    std::optional<Estimate> estimate_where_flat() {
        const double x = line_.x();
        const double length = std::ldexp(unit_, first_exponent);
        const double near = std::ldexp(unit_, near_exponent);
        if (!is_flat_at(length) || at(x + near) != at(x) || at(x - near) != at(x)) return std::nullopt;
        const auto zero_beside = [length](double size) {
            const double bar = noise_of_values(0, 0x1p-53 * size) / length;
            return checks::smooth_estimate(0, bar + std::numeric_limits<double>::denorm_min(), 0);
        };
        const double near_zero = unit_ == 1.0 && std::abs(x) < 1.0 ? 1.0 : towards_zero * x;
        const double far = x - std::copysign(far_away * std::max(std::abs(x), 1.0), x);
        if (at(near_zero) == at(x) && at(far) == at(x)) return zero_beside(std::abs(at(x)));
        const Edge upper = edge(1);
        const Edge lower = edge(-1);
        if (upper.is_kink && lower.is_kink) {
            double largest = std::abs(at(x));
            for (const double t : {near_zero, far})
                if (std::isfinite(at(t))) largest = std::max(largest, std::abs(at(t)));
            return zero_beside(largest);
        }
        // What is there is less than the least move would show over the constant piece.
        const auto finite = [](double move) { return std::isfinite(move) ? move : 0; };
        const double least = std::max({finite(upper.least), finite(lower.least), 0x1p-53 * std::abs(at(x))});
        const double hidden = noise_of_values(0, least) / length;
        Estimate estimate = undecided_within(checks::smooth_estimate(0, hidden, 0), 0);
        if (!is_flat_at(std::ldexp(std::max(std::abs(x), 1.0), farthest_exponent)))
            if (const auto found = searched(); found && found->error_bar < hidden)
                estimate = undecided_within(*found, 0);
        return estimate;
    }

    // Nothing if no sequence moves.
    std::optional<Estimate> searched() {
        const double x = line_.x();
        std::vector<double> lengths = all_lengths(x);
        if (is_flat_at(lengths.front()))
            for (const int exponent : {-2, 4, 10, farthest_exponent})
                if (const double length = std::ldexp(std::max(std::abs(x), 1.0), exponent);
                    length > 8 * lengths.front())
                    lengths.insert(lengths.begin(), length);
        std::vector<StepValues> sequences;
        for (const double length : lengths) {
            const StepValues values = line_.sequence(length, index_);
            if (values.is_finite()) {
                sequences.push_back(values);
                if (sequences.size() > 3 && rounding_covers(sequences)) break;
            } else if (!sequences.empty()) {
                return no_estimate();
            }
        }
        if (sequences.empty()) return no_estimate();
        const auto is_flat = [](const StepValues& values) { return values.is_flat_above() && values.is_flat_below(); };
        if (std::all_of(sequences.begin(), sequences.end(), is_flat)) return std::nullopt;
        const LadderEstimate found = estimate_from(sequences, x);
        const Estimate& estimate = found.estimate;
        if (estimate.is_at_kink() || found.deviation <= usual_noise * found.roundoff) return estimate;
        if (found.deviation > most_noise * found.largest) return undecided_within(estimate, infinity);
        return is_noise(found.deviation, estimate, found.curvature, found.roundoff)
                   ? estimate
                   : undecided_within(estimate, std::abs(estimate.value));
    }

    // Whether shorter steps cannot tell anything any more: rounding alone moves their slopes by more than any slope
    // seen.
    static bool rounding_covers(const std::vector<StepValues>& sequences) {
        double largest = 0;
        for (const StepValues& values : sequences) {
            const SequenceSlopes slopes = slopes_of(values);
            largest = std::max({largest, std::abs(slopes.from_above.value), std::abs(slopes.from_below.value)});
        }
        const StepValues& last = sequences.back();
        return last.roundoff() / last.steps.front() > largest;
    }

    static constexpr double usual_noise = 8;  // roundings of a value that add up in a function without cancellation
    static constexpr double largest_plain_noise = 0x1p12;
    static constexpr double roundings_apart = 4;
    static constexpr double stationary_share = 0.5e-6;
    static constexpr int most_halvings = 60;
    static constexpr double beyond_edge = 0x1p-10;
    static constexpr double visible_kink = 0x1p20;
    // Values that deviate by such a share of themselves are no values of a function that differences can tell from
    // noise.
    static constexpr double most_noise = 0x1p-8;

    SampledLine& line_;
    Eigen::Index index_;
    double unit_;
};

}  // namespace

Estimate derivative_along(SampledLine& line, Eigen::Index component) {
    return Component(line, component).estimate();
}

}  // namespace gradproof::checks
