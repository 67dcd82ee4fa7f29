// SPDX-License-Identifier: MIT
#include "differences/derivative_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "differences/constant_piece.hpp"
#include "differences/sequence_estimate.hpp"
#include "differences/step_lengths.hpp"

namespace gradproof::checks {
namespace {

// A pair of points so near that kinks, peaks and poles between it and the first sequence show.
constexpr int near_exponent = -26;

// Such that x + step and x - step are numbers of double precision.
double exact_step(double x, double length) {
    return (std::abs(x) + length) - std::abs(x);
}

Estimate no_estimate() {
    return smooth_estimate(std::numeric_limits<double>::quiet_NaN(), infinity, infinity);
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
        if (is_flat_around()) return estimate_on_constant_piece(line_, index_, claimed);
        std::vector<double> lengths = longer_lengths(line_.x());
        if (attempt.is_too_long) lengths = {first / much_shorter};
        for (const double length : lengths)
            if (const auto found = smooth_over(length).estimate) return *found;
        return searched();
    }

  private:
    struct Attempt {
        std::optional<Estimate> estimate{};
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
        const double step = exact_step(x, length);
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
        const SequenceEstimate found = estimate_from(sequences, x);
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

    static constexpr double much_shorter = 64;
    static constexpr double usual_noise = 4;  // roundings of a value that add up in a function without cancellation
    static constexpr double largest_plain_noise = 0x1p12;
    static constexpr double roundings_apart = 4;
    static constexpr double stationary_share = 0.5e-6;
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

std::vector<double> first_points(double x) {
    std::vector<double> points;
    const auto add = [&](double step) { points.insert(points.end(), {x + step, x - step}); };
    for (const double step : steps_from(x, first_length(x))) add(step);
    add(exact_step(x, std::ldexp(unit_of(x), near_exponent)));
    return points;
}

}  // namespace gradproof::checks
