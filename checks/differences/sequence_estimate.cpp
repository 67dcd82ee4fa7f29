// SPDX-License-Identifier: MIT
#include "differences/sequence_estimate.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace gradproof::checks {
namespace {

// A value is off by two units of roundoff where nothing cancels inside the function. Twice as much is for functions
// that are a little less exact.
constexpr double roundings_of_a_value = 4;

// Where noise shows, its size is known from a few deviations only. So many times their root mean square the error of a
// slope is once in a few million sequences (Student's t with so many degrees of freedom, and half of the gain of a
// sequence, which adds up absolute values).
double margin_of_noise(std::size_t deviations) {
    if (deviations < 4) return 256;
    if (deviations < 6) return 64;
    if (deviations < 8) return 24;
    return deviations < 12 ? 12 : 6;
}

// A thousand roundings of terms a thousand times as large as what they add up to.
constexpr double roundings_of_a_claim = 1e6;

// A jump of the slope counts as a kink if it is so many times as large as its bar.
constexpr double clear_jump = 8;
// How near the point must be to a kink to lie on it, in units of the point itself or 1.
constexpr double nearest_to_kink = 0x1p-28;
// The largest share of a value that rounding inside a function is likely to take: a shorter mantissa, an iteration that
// is stopped, a difference of large numbers.
constexpr double rounding_inside = 0x1p-20;
// The sides of a kink must be known to three digits of their distance; else what looks like a kink may be noise.
constexpr double share_of_kink = 1e-3;

struct Bar {
    double value = std::numeric_limits<double>::quiet_NaN();
    double error_bar = infinity;
    double deviation = 0;  // of single values from a smooth curve
};

struct SequenceBars {
    double longest = 0;
    bool is_flat_above = false;
    bool is_flat_below = false;
    double roundoff = 0;
    double largest = 0;
    double movement = 0;
    double curvature = 0;
    Bar central;
    Bar above;
    Bar below;

    double jump() const { return std::abs(above.value - below.value); }
    double jump_bar() const { return above.error_bar + below.error_bar; }
    bool has_jump() const { return jump() > jump_bar(); }
    bool has_clear_jump() const { return jump() > clear_jump * jump_bar(); }
    bool is_flat() const { return is_flat_above && is_flat_below; }
};

// How far single values deviate from a smooth curve over each sequence: the most that it shows itself or a shorter one,
// because what deviates over short steps lies within the long ones too, even if those happen to miss it. The shortest
// ones have no shorter ones, and a few units in the last place of x are too regular to show noise: it is not less there
// than over the next longer ones.
std::vector<double> deviations_of(const std::vector<SequenceSlopes>& slopes, double SequenceSlopes::*own) {
    std::vector<double> deviations(slopes.size());
    double most = 0;
    for (std::size_t j = slopes.size(); j-- > 0;) deviations[j] = most = std::max(most, slopes[j].*own);
    for (std::size_t j = std::max<std::size_t>(2, slopes.size() - std::min<std::size_t>(2, slopes.size()));
         j < slopes.size(); ++j)
        deviations[j] = std::max(deviations[j], std::min(deviations[j - 1], deviations[j - 2]));
    return deviations;
}

std::vector<SequenceBars> rungs_of(const std::vector<StepValues>& sequences) {
    std::vector<SequenceSlopes> slopes;
    for (const StepValues& values : sequences) slopes.push_back(slopes_of(values));
    const std::vector<double> deviations = deviations_of(slopes, &SequenceSlopes::deviation);
    const std::vector<double> deviations_above = deviations_of(slopes, &SequenceSlopes::deviation_above);
    const std::vector<double> deviations_below = deviations_of(slopes, &SequenceSlopes::deviation_below);
    std::vector<SequenceBars> sequence_bars;
    for (std::size_t j = 0; j < sequences.size(); ++j) {
        const StepValues& values = sequences[j];
        // A kink in between is no noise of either side, and truncation is less where both are taken together.
        const double above = std::min(deviations[j], deviations_above[j]);
        const double below = std::min(deviations[j], deviations_below[j]);
        const std::size_t seen = sequences.size() - j;
        const auto bar = [&values](const Extrapolation& slope, double deviation, std::size_t count) {
            return Bar{slope.value, slope.error_bar(noise_of_values(deviation, count, values.roundoff())), deviation};
        };
        sequence_bars.push_back({.longest = values.steps.back(),
                                 .is_flat_above = values.is_flat_above(),
                                 .is_flat_below = values.is_flat_below(),
                                 .roundoff = values.roundoff(),
                                 .largest = values.largest(),
                                 .movement = slopes[j].movement,
                                 .curvature = slopes[j].curvature,
                                 .central = bar(slopes[j].central, deviations[j], 2 * seen),
                                 .above = bar(slopes[j].from_above, above, seen),
                                 .below = bar(slopes[j].from_below, below, seen)});
        SequenceBars& bars = sequence_bars.back();
        if (bars.has_jump()) bars.central.error_bar += bars.jump();
    }
    return sequence_bars;
}

struct Best {
    Bar bar;
    std::size_t sequence = 0;
};

// Where a shorter sequence contradicts a bar, the function is not smooth over the longer one, and the bar is widened
// until it contains all that the shorter one allows. Takes the narrowest.
Best narrowest(const std::vector<SequenceBars>& sequence_bars, Bar SequenceBars::*side) {
    Best best;
    for (std::size_t j = 0; j < sequence_bars.size(); ++j) {
        Bar bar = sequence_bars[j].*side;
        for (std::size_t i = j + 1; i < sequence_bars.size(); ++i) {
            const Bar& shorter = sequence_bars[i].*side;
            const double apart = std::abs(bar.value - shorter.value);
            if (apart > (sequence_bars[j].*side).error_bar + shorter.error_bar)
                bar.error_bar = std::max(bar.error_bar, apart + shorter.error_bar);
        }
        if (bar.error_bar < best.bar.error_bar) best = {bar, j};
    }
    return best;
}

// Whether two sequences show the same clear jump of the slope. A function that comes to its limit moves to one side
// only as well, but less and less.
bool shows_kink(const std::vector<SequenceBars>& sequence_bars) {
    const SequenceBars* before = nullptr;
    for (const SequenceBars& bars : sequence_bars) {
        if (!bars.has_clear_jump()) continue;
        if (before && std::abs(bars.jump() - before->jump()) < 0.1 * before->jump()) return true;
        before = &bars;
    }
    return false;
}

// Sequences over which nothing moves tell nothing: rounding, a table or a shorter mantissa inside the function hides
// what there is. Unless all steps to one side are flat, long ones too: then x lies on a flat piece beside a kink.
std::vector<SequenceBars> moving(const std::vector<SequenceBars>& sequence_bars) {
    const auto first =
        std::find_if(sequence_bars.begin(), sequence_bars.end(), [](const SequenceBars& r) { return !r.is_flat(); });
    if (first == sequence_bars.end()) return sequence_bars;
    if (shows_kink(sequence_bars) && (first->is_flat_above || first->is_flat_below)) return sequence_bars;
    std::vector<SequenceBars> left;
    std::copy_if(sequence_bars.begin(), sequence_bars.end(), std::back_inserter(left),
                 [](const SequenceBars& r) { return !r.is_flat(); });
    return left;
}

// Whether nothing moves over steps that are long enough to show this slope: the values lie on a grid.
bool moves_in_steps(const std::vector<SequenceBars>& sequence_bars, const Bar& slope) {
    return std::any_of(sequence_bars.begin(), sequence_bars.end(), [&slope](const SequenceBars& bars) {
        return bars.is_flat() && std::abs(slope.value) > slope.error_bar + bars.central.error_bar;
    });
}

// Longer steps show another slope, and deviate by so little from a smooth curve that this may be
// rounding inside the function, which jumps back again and again, or a fine structure of the function itself: which
// slope is meant cannot be told. How far the two are apart; 0 where they are not.
double distance_to_other_scale(const std::vector<SequenceBars>& sequence_bars, const Best& best) {
    double distance = 0;
    for (std::size_t j = 0; j < best.sequence; ++j) {
        const double apart = std::abs(sequence_bars[j].central.value - best.bar.value);
        const double bars = sequence_bars[j].central.error_bar + best.bar.error_bar;
        if (apart > bars && sequence_bars[j].central.deviation < rounding_inside * sequence_bars[j].largest)
            distance = std::max(distance, apart);
    }
    return distance;
}

SequenceEstimate smooth(const std::vector<SequenceBars>& sequence_bars, const Best& best, double x) {
    const SequenceBars& bars = sequence_bars[best.sequence];
    const auto [value, error_bar, deviation] = best.bar;
    const double bar = error_bar + rounding_of_claim(value, bars.curvature, x);
    SequenceEstimate result{smooth_estimate(value, bar, std::max(std::abs(value), bar)), bars.curvature, deviation,
                            bars.roundoff, bars.largest};
    result.estimate.movement = bars.movement;
    // Over shorter steps there is less truncation, and as much noise.
    for (std::size_t i = best.sequence + 1; i < std::min(best.sequence + 3, sequence_bars.size()); ++i)
        result.deviation = std::min(result.deviation, sequence_bars[i].central.deviation);
    return result;
}

SequenceEstimate undecided(SequenceEstimate result, double distance) {
    result.estimate = undecided_within(result.estimate, distance);
    return result;
}

}  // namespace

double noise_of_values(double deviation, std::size_t count, double roundoff) {
    return std::max(roundings_of_a_value * roundoff, margin_of_noise(count) * deviation);
}

double rounding_of_claim(double derivative, double curvature, double x) {
    constexpr double unit_roundoff = 0x1p-53;
    return roundings_of_a_claim * unit_roundoff * std::abs(derivative) +
           roundings_of_a_value * unit_roundoff * std::abs(x * curvature) +
           roundings_of_a_value * std::numeric_limits<double>::denorm_min();
}

Estimate undecided_within(Estimate estimate, double distance) {
    estimate.error_bar += distance;
    estimate.scale = std::max(std::abs(estimate.value), std::numeric_limits<double>::min());
    estimate.movement = 0;
    return estimate;
}

SequenceEstimate estimate_from(const std::vector<StepValues>& sequences, double x) {
    const std::vector<SequenceBars> all = rungs_of(sequences);
    const std::vector<SequenceBars> sequence_bars = moving(all);
    const Best central = narrowest(sequence_bars, &SequenceBars::central);
    const SequenceBars& chosen = sequence_bars[central.sequence];
    const bool is_coarse = chosen.central.deviation > rounding_inside / 16 * chosen.largest;
    if (sequence_bars.size() < all.size() && is_coarse && moves_in_steps(all, central.bar))
        return undecided(smooth(sequence_bars, central, x), std::abs(central.bar.value));
    const auto last_jump = std::find_if(sequence_bars.rbegin(), sequence_bars.rend(),
                                        [](const SequenceBars& r) { return r.has_clear_jump(); });
    if (last_jump == sequence_bars.rend()) {
        const SequenceEstimate result = smooth(sequence_bars, central, x);
        const double distance = distance_to_other_scale(sequence_bars, central);
        return distance > 0 ? undecided(result, distance) : result;
    }
    const Best above = narrowest(sequence_bars, &SequenceBars::above);
    const Best below = narrowest(sequence_bars, &SequenceBars::below);
    const double jump = last_jump->jump();
    const bool is_beside_kink = std::any_of(sequence_bars.rbegin(), last_jump, [jump](const SequenceBars& r) {
        return r.jump() + r.jump_bar() < jump / 2;
    });
    if (is_beside_kink) {
        // One side is free of the kink, and long steps may be taken there.
        const Best& side = above.bar.error_bar < below.bar.error_bar ? above : below;
        if (!(side.bar.error_bar < central.bar.error_bar)) return smooth(sequence_bars, central, x);
        SequenceEstimate result = smooth(sequence_bars, side, x);
        result.estimate.method = Method::one_sided_difference;
        return result;
    }
    const double distance = std::abs(above.bar.value - below.bar.value);
    const double bar = above.bar.error_bar + below.bar.error_bar;
    const double size = x == 0 ? 1.0 : std::abs(x);
    if (!(bar < share_of_kink * distance) || last_jump->longest > nearest_to_kink * size)
        return undecided(smooth(sequence_bars, central, x), distance + bar + jump);
    Estimate kink;
    kink.from_above = above.bar.value;
    kink.from_below = below.bar.value;
    kink.value = 0.5 * (above.bar.value + below.bar.value);
    kink.scale = std::max(std::abs(kink.from_above), std::abs(kink.from_below));
    kink.error_bar = bar + rounding_of_claim(kink.scale, 0, x);
    kink.method = Method::one_sided_difference;
    const SequenceBars& bars = sequence_bars[std::max(above.sequence, below.sequence)];
    return {kink, bars.curvature, bars.central.deviation, bars.roundoff, bars.largest};
}

}  // namespace gradproof::checks
