// SPDX-License-Identifier: MIT
#include "gradproof/checks/derivative_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "gradproof/checks/slope_ladder.hpp"

namespace gradproof::checks {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Lengths of sequences, as exponents of 2, in units of |x|. Over the first one rounding takes 1e-10 of a function that
// changes by its own size while x changes by its own, and one that turns four hundred times faster is still smooth. A
// small x more often stands in a function that changes over more than x: weights, corrections.
constexpr int first_exponent = -9;
constexpr int first_exponent_of_small = -6;
constexpr double small_unit = 0x1p-6;
// Longer ones where rounding hides an entry that is small beside the function.
constexpr std::array longer_exponents{-7, -5, -3, -1};
// Shorter ones follow so far apart down to the last, and then at half of that.
constexpr int exponents_apart = 6;
constexpr int last_exponent_apart = -39;
// A pair of points so near that kinks, peaks and poles between it and the first sequence show.
constexpr int near_exponent = -26;
// Below this x counts as 0, and its unit is 1.
constexpr double smallest_unit = 0x1p-30;
// Where nothing moves over the first sequence values are taken four times as far away again and again, up to where what
// is too little to be seen from near shows: a square beside a number a million million times as large.
constexpr double far_away = 0x1p20;
constexpr double towards_zero = 0x1p-4;

Estimate no_estimate() {
    return smooth_estimate(std::numeric_limits<double>::quiet_NaN(), infinity, infinity);
}

double roundoff_of(double value) {
    return std::max(0x1p-53 * std::abs(value), std::numeric_limits<double>::denorm_min());
}

double unit_of(double x) {
    return std::abs(x) >= smallest_unit ? std::abs(x) : 1.0;
}

double first_length(double x) {
    return std::ldexp(unit_of(x), unit_of(x) < small_unit ? first_exponent_of_small : first_exponent);
}

// Lengths longer than the first sequence, shortest first. A small x may stand in a function that changes over 1.
std::vector<double> longer_lengths(double x) {
    std::vector<double> lengths;
    const auto add_in = [&](double unit) {
        for (const int exponent : longer_exponents)
            if (const double length = std::ldexp(unit, exponent);
                length > 1.5 * (lengths.empty() ? first_length(x) : lengths.back()))
                lengths.push_back(length);
    };
    add_in(unit_of(x));
    if (unit_of(x) < small_unit) add_in(1);
    return lengths;
}

// The lengths of all sequences, longest first, down to a few units in the last place of x; for an x that counts as 0
// also those next to the number that it is.
std::vector<double> all_lengths(double x) {
    const double unit = unit_of(x);
    const double size = std::abs(x);
    const double shortest = x == 0 ? 0 : shortest_sequence(x);
    std::vector<double> lengths = longer_lengths(x);
    std::ranges::reverse(lengths);
    const auto add = [&lengths, shortest](double length) {
        if (length > shortest && length <= lengths.back() / 4) lengths.push_back(length);
    };
    for (double length = first_length(x); length >= std::ldexp(unit, last_exponent_apart);
         length = std::ldexp(length, -exponents_apart))
        add(length);
    if (x == 0) {
        for (const int exponent : {-60, -100, -200, -400, -800}) add(std::ldexp(1.0, exponent));
        return lengths;
    }
    if (unit != size)
        for (int exponent = longer_exponents.front(); exponent >= last_exponent_apart; exponent -= exponents_apart)
            add(std::ldexp(size, exponent));
    for (int exponent = last_exponent_apart - exponents_apart / 2; exponent > -53; exponent -= exponents_apart / 2)
        add(std::ldexp(size, exponent));
    lengths.push_back(shortest);
    return lengths;
}

bool is_flat(const StepValues& values) {
    return values.is_flat_above() && values.is_flat_below();
}

// One component of the function.
class Component {
  public:
    Component(SampledLine& line, Eigen::Index index) : line_(line), index_(index), unit_(unit_of(line.x())) {}

    Estimate estimate(double claimed) {
        if (!std::isfinite(at(line_.x()))) return no_estimate();
        const double first = first_length(line_.x());
        const Attempt attempt = smooth_over(first);
        if (attempt.estimate) return *attempt.estimate;
        if (is_flat_around()) return where_flat(claimed);
        std::vector<double> lengths = longer_lengths(line_.x());
        if (attempt.is_too_long) lengths = {std::ldexp(first, -exponents_apart)};
        for (const double length : lengths)
            if (const auto found = smooth_over(length).estimate) return *found;
        return searched();
    }

  private:
    struct Attempt {
        std::optional<Estimate> estimate;
        bool is_too_long = false;  // rather than too short
    };

    double at(double t) { return line_.value(t, index_); }
    StepValues sequence(double length) { return line_.sequence(length, index_); }

    // Over one sequence, if the function is smooth there, as the near pair confirms, and the bar is narrow.
    Attempt smooth_over(double length) {
        const StepValues values = sequence(length);
        if (!values.is_finite()) return {.is_too_long = true};
        const double x = line_.x();
        const SequenceSlopes slopes = slopes_of(values);
        const double slope = slopes.central.value;
        const Deviations near = deviations_at(std::ldexp(unit_, near_exponent), slope, slopes.curvature);
        if (!std::isfinite(near.odd) || !std::isfinite(near.even)) return {.is_too_long = true};
        const double roundoff = values.roundoff();
        const double deviation = std::hypot(std::numbers::sqrt2 * slopes.deviation, near.odd, near.even) / 2;
        // What the sequences before deviated by counts too: they were shorter, or longer and deviate the more.
        deviations_.push_back(slopes.deviation);
        double of_all = std::hypot(near.odd, near.even);
        for (const double before : deviations_) of_all = std::hypot(of_all, std::numbers::sqrt2 * before);
        const std::size_t count = 2 + 2 * deviations_.size();
        const double noise = noise_of_values(std::max(slopes.deviation, of_all / std::sqrt(static_cast<double>(count))),
                                             count, roundoff);
        const double jump = std::abs(slopes.from_above.value - slopes.from_below.value);
        const bool is_too_long = slopes.central.truncation > slopes.central.gain * noise;
        if (jump > slopes.from_above.error_bar(noise) + slopes.from_below.error_bar(noise))
            return {.is_too_long = true};
        const double bar = slopes.central.error_bar(noise) + rounding_of_claim(slope, slopes.curvature, x);
        Estimate estimate = smooth_estimate(slope, bar, std::max(std::abs(slope), bar));
        estimate.movement = slopes.movement;
        const bool is_of_unit = x == 0 || unit_ == std::abs(x);
        const bool is_stationary = is_of_unit && std::abs(slope) <= bar && bar <= stationary_share * slopes.movement;
        if (!is_narrow(estimate) && !is_stationary) return {.is_too_long = is_too_long};
        const bool is_noisy = std::max({slopes.deviation, near.odd, near.even}) > usual_noise * roundoff;
        if (is_noisy &&
            (deviation > largest_plain_noise * roundoff || !is_noise(deviation, estimate, slopes.curvature, roundoff)))
            return {.is_too_long = true};
        return {.estimate = estimate};
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
        // A power of 2, so that components share the points.
        const double wanted = std::exp2(
            std::floor(std::log2(std::max(deviation / 64, roundings_apart * roundoff) / std::abs(slope.value))));
        const double length = std::clamp(wanted, shortest_sequence(x) / 8, std::ldexp(unit_, near_exponent - 2));
        const auto is_still = [&](double step) { return at(x + step) == at(x) && at(x - step) == at(x); };
        if (is_still(length) && is_still(4 * length)) return true;
        // A twelfth of the structure's size at most, so that what deviates by a quarter is none. One pair of values may
        // happen to deviate little.
        return std::ranges::any_of(std::array{1.0, 2.3, 5.1}, [&](double times) {
            const auto [odd, even] = deviations_at(times * length, slope.value, curvature);
            return std::max(odd, even) >= deviation / 4;
        });
    }

    bool is_flat_around() {
        const double x = line_.x();
        const double near = std::ldexp(unit_, near_exponent);
        return is_flat(sequence(first_length(line_.x()))) && at(x + near) == at(x) && at(x - near) == at(x);
    }

    // Where the constant piece around x ends on one side: a distance up to which it reaches and one at which the
    // function has moved, both infinite if it never does.
    struct Edge {
        double constant = infinity;
        double moved = infinity;
    };

    Edge edge(double side) {
        const double x = line_.x();
        double constant = first_length(x);
        for (double distance = 4 * constant; distance <= farthest(); distance *= 4) {
            if (at(x + side * distance) != at(x)) return {constant, distance};
            constant = distance;
        }
        // Where functions that have come to their limit move.
        const double near_zero = towards_zero * x;
        if (side * x < 0 && at(near_zero) != at(x)) return {first_length(x), std::abs(x - near_zero)};
        return {};
    }

    double farthest() const { return far_away * std::max(std::abs(line_.x()), 1.0); }

    // The same edge to the last place.
    Edge exact(Edge edge, double side) {
        for (int halving = 0; halving < most_halvings && edge.moved != infinity; ++halving) {
            const double between = edge.constant + (edge.moved - edge.constant) / 2;
            (at(line_.x() + side * between) == at(line_.x()) ? edge.constant : edge.moved) = between;
        }
        return edge;
    }

    // From a kink on a function moves in proportion to the distance, so that next to the kink it moves by next to
    // nothing; after a jump it stays where it is. A smooth function of which only the last places do not move leaves
    // its constant piece slowly, a place at a time, and one in steps jumps again. `found` is the edge that `last` was
    // found from.
    bool is_kink(const Edge& found, const Edge& last, double side) {
        if (found.moved == infinity) return true;
        const auto value_at = [&](double distance) { return at(line_.x() + side * distance); };
        bool jumps_once = true;
        for (double further = found.moved; further <= farthest() && jumps_once; further *= 4)
            jumps_once = value_at(further) == value_at(last.moved);
        if (jumps_once) return true;
        const double middle = at(line_.x());
        const double least = std::abs(value_at(last.moved) - middle);
        return std::abs(value_at(last.constant * (1 + beyond_edge)) - middle) > visible_kink * least;
    }

    // A function that does not move over the first sequence: it never moves, or it is constant around x, or its
    // movement is too small to be seen.
    Estimate where_flat(double claimed) {
        const double x = line_.x();
        const double middle = at(x);
        const double length = first_length(x);
        const auto zero_within = [](double roundoff, double distance) {
            return smooth_estimate(0, 4 * roundoff / distance + std::numeric_limits<double>::denorm_min(), 0);
        };
        Edge above = edge(1);
        Edge below = edge(-1);
        const Estimate zero = zero_within(roundoff_of(middle), length);
        if (above.moved == infinity && below.moved == infinity) return zero;
        const bool should_have_moved = std::abs(claimed) * length > visible_kink * roundoff_of(middle);
        if (claimed == 0 || should_have_moved) {
            const Edge last_above = exact(above, 1);
            const Edge last_below = exact(below, -1);
            if (is_kink(above, last_above, 1) && is_kink(below, last_below, -1)) return zero;
            above = last_above;
            below = last_below;
        }
        // A slope that is there moves the function by less than its least move over the whole constant piece; a
        // polynomial of the fourth degree may do so with a slope four times as large as that suggests. Where nothing
        // but the edge of the domain is seen, nothing is known of what rounding hides.
        double least = infinity;
        for (const double t : {x + above.moved, x - below.moved})
            if (const double move = std::abs(at(t) - middle); !std::isinf(t) && std::isfinite(move))
                least = std::min(least, move);
        return undecided_within(
            zero_within(4 * std::max(least, roundoff_of(middle)), std::min(above.constant, below.constant)), 0);
    }

    Estimate searched() {
        const double x = line_.x();
        std::vector<StepValues> sequences;
        for (const double length : all_lengths(x)) {
            const StepValues values = sequence(length);
            if (values.is_finite()) {
                sequences.push_back(values);
                if (sequences.size() > 3 && rounding_covers(sequences)) break;
            } else if (!sequences.empty()) {
                return no_estimate();
            }
        }
        if (sequences.empty()) return no_estimate();
        const LadderEstimate found = estimate_from(sequences, x);
        const Estimate& estimate = found.estimate;
        const bool is_one_sided = estimate.is_at_kink() || estimate.method == Method::one_sided_difference;
        if (is_one_sided || found.deviation <= usual_noise * found.roundoff) return estimate;
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

    static constexpr double usual_noise = 4;  // roundings of a value that add up in a function without cancellation
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
    std::vector<double> deviations_;  // over the sequences already looked at
};

}  // namespace

Estimate derivative_along(SampledLine& line, Eigen::Index component, double claimed) {
    return Component(line, component).estimate(claimed);
}

}  // namespace gradproof::checks
