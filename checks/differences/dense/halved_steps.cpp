// SPDX-License-Identifier: MIT
#include "differences/dense/halved_steps.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <limits>
#include <utility>

namespace gradproof::checks {
namespace {

constexpr std::size_t fewest = 3;  // steps that are extrapolated
constexpr std::size_t most = 6;

// One scheme's constants. Round r of the extrapolation removes the power of the step that halving it divides by
// factor^r, and amplifies rounding by (factor^r + 1) / (factor^r - 1). derivations/finite_differences.md (rounds)
struct Scheme {
    double factor;
    std::array<double, most> removing{};    // 1 / (factor^r - 1)
    std::array<double, most> amplifying{};  // of r + 1 slopes, over the rounding of a loss divided by the first step
    double share;

    constexpr Scheme(double factor_, double rounding_of_slope, double share_) : factor(factor_), share(share_) {
        double power = 1;
        amplifying[0] = rounding_of_slope;
        for (std::size_t r = 1; r < most; ++r) {
            power *= factor;
            removing[r] = 1 / (power - 1);
            amplifying[r] = 2 * amplifying[r - 1] * (power + 1) / (power - 1);
        }
    }
};

constexpr Scheme central_scheme(4, 1, 1.0 / 32);
constexpr Scheme one_sided_scheme(2, 2, 1.0 / 8);

// Six central differences from a first step of 1/4 are off by at most 256 roundings.
static_assert(central_scheme.amplifying[most - 1] < 64);

// The corrections of the rounds shrink about geometrically. One that is less than `share` of what the two before
// suggest is so by accident: those of the exponential function, whose slopes from steps t are off by the sum of a_r
// t^(pr) with a_r = 1 / (pr + 1)!, all have more than twice that share, a_{r+1} a_{r-1} / (factor a_r²).
constexpr bool exponential_has_twice_the_share(const Scheme& scheme) {
    const int p = scheme.factor == 4 ? 2 : 1;
    const auto a = [p](int r) {
        double factorial = 1;
        for (int n = 2; n <= p * r + 1; ++n) factorial *= n;
        return 1 / factorial;
    };
    for (int r = 1; r + 1 < static_cast<int>(most); ++r)
        if (!(a(r + 1) * a(r - 1) / (scheme.factor * a(r) * a(r)) >= 2 * scheme.share)) return false;
    return true;
}
static_assert(exponential_has_twice_the_share(central_scheme) && exponential_has_twice_the_share(one_sided_scheme));

template <class S>
Estimate as_estimate(S value, S error_bar, Method method) {
    const auto derivative = static_cast<double>(value);
    return smooth_estimate(derivative, static_cast<double>(error_bar), std::abs(derivative),
                           std::same_as<S, double> ? method : Method::extended_difference);
}

}  // namespace

template <class S>
void HalvedSteps<S>::add(const std::array<S, 2>& losses, const std::array<Crossing, 2>& crossings) {
    for (std::size_t side = 0; side < 2; ++side) {
        losses_[side][count_] = losses[side];
        if (crossings[side] == Crossing::crossed) {
            first_uncrossed_[side] = count_ + 1;
            leaves_kink_[side] = false;
        } else if (crossings[side] == Crossing::off_kink) {
            leaves_kink_[side] = true;
        }
    }
    ++count_;
}

template <class S>
bool HalvedSteps<S>::has_moved() const {
    for (std::size_t side = 0; side < 2; ++side)
        for (std::size_t k = first_uncrossed_[side]; k < count_; ++k)
            if (losses_[side][k] != unmoved_) return true;
    return false;
}

template <class S>
S HalvedSteps<S>::narrowest_of_further_steps() const {
    // From the longest step on with which a run of three holds a further one.
    const int first = static_cast<int>(count_ - fewest + 1);
    return S(central_scheme.amplifying[fewest - 1]) * std::ldexp(rounding_.unmoved, first);
}

template <class S>
S HalvedSteps<S>::slope(Kind kind, std::size_t k) const {
    const auto scaled = [k](S difference, int exponent) {
        return std::ldexp(difference, static_cast<int>(k) + exponent);
    };
    switch (kind) {
        case Kind::central:
            return scaled(losses_[0][k] - losses_[1][k], -1);
        case Kind::above:
            return scaled(losses_[0][k] - unmoved_, 0);
        case Kind::below:
            break;
    }
    return scaled(unmoved_ - losses_[1][k], 0);
}

// Of all runs of three to six steps from `first` on. The bar of a run is what its last step changed, which is far more
// than what it left, and rounding. The narrowest of many bars may be narrow by accident, or because the loss has gone
// flat over the longer steps: it is widened until it holds what all runs of shorter ones say.
template <class S>
std::optional<typename HalvedSteps<S>::Extrapolation> HalvedSteps<S>::narrowest(Kind kind, std::size_t first) const {
    const Scheme& scheme = kind == Kind::central ? central_scheme : one_sided_scheme;
    const auto moved = [&](std::size_t side, std::size_t k) { return std::abs(losses_[side][k] - unmoved_); };
    std::array<Extrapolation, most_steps> shortest;  // the run of three steps from each on
    Extrapolation best{S(0), std::numeric_limits<S>::infinity()};
    std::size_t start = count_;
    for (std::size_t s = first; s + fewest <= count_; ++s) {
        const S change = std::max(kind == Kind::below ? S(0) : moved(0, s), kind == Kind::above ? S(0) : moved(1, s));
        const S rounding = std::ldexp(rounding_.after(change), static_cast<int>(s));
        std::array<S, most> row{slope(kind, s)};  // Neville's: row[r] is extrapolated from r + 1 steps
        S correction = S(0);
        S before = S(0);
        for (std::size_t n = 1; n < std::min(most, count_ - s); ++n) {
            S next = slope(kind, s + n);
            const S coarser = row[n - 1];
            for (std::size_t r = 1; r <= n; ++r) {
                const S of_round = next + (next - row[r - 1]) * S(scheme.removing[r]);
                row[r - 1] = next;
                next = of_round;
            }
            const S last = std::abs(next - coarser);
            row[n] = next;
            const S size = n == 2 ? std::max(std::abs(next), correction) : before;
            const S least = size > S(0) ? S(scheme.share) * correction * (correction / size) : S(0);
            const Extrapolation run{next, std::max(last, least) + S(scheme.amplifying[n]) * rounding};
            before = std::exchange(correction, last);
            if (n + 1 < fewest) continue;
            if (n + 1 == fewest) shortest[s] = run;
            if (run.error_bar < best.error_bar) {
                best = run;
                start = s;
            }
        }
    }
    if (start == count_) return std::nullopt;
    for (std::size_t s = start + 1; s + fewest <= count_; ++s) {
        const S distance = std::abs(best.value - shortest[s].value);
        if (distance > best.error_bar + shortest[s].error_bar) best.error_bar = distance;
    }
    return best;
}

template <class S>
std::optional<Estimate> HalvedSteps<S>::smooth() const {
    std::optional<Estimate> best;
    const auto take = [&](Kind kind, std::size_t first, Method method) {
        const auto found = narrowest(kind, first);
        if (found && (!best || static_cast<double>(found->error_bar) < best->error_bar))
            best = as_estimate(found->value, found->error_bar, method);
    };
    const auto [above, below] = first_uncrossed_;
    take(Kind::central, std::max(above, below), Method::central_difference);
    if (above < below) take(Kind::above, above, Method::one_sided_difference);
    if (below < above) take(Kind::below, below, Method::one_sided_difference);
    return best;
}

template <class S>
std::optional<Estimate> HalvedSteps<S>::between_the_sides() const {
    const auto above = narrowest(Kind::above, first_uncrossed_[0]);
    const auto below = narrowest(Kind::below, first_uncrossed_[1]);
    if (!above || !below) return std::nullopt;
    Estimate estimate = as_estimate((below->value + above->value) / S(2), std::max(above->error_bar, below->error_bar),
                                    Method::one_sided_difference);
    estimate.from_below = static_cast<double>(below->value);
    estimate.from_above = static_cast<double>(above->value);
    estimate.scale = std::max(std::abs(estimate.from_below), std::abs(estimate.from_above));
    return estimate;
}

template <class S>
std::optional<Estimate> HalvedSteps<S>::estimate() const {
    return leaves_kink_[0] || leaves_kink_[1] ? between_the_sides() : smooth();
}

template class HalvedSteps<double>;
template class HalvedSteps<long double>;

}  // namespace gradproof::checks
