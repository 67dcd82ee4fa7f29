// SPDX-License-Identifier: MIT
#include "differences/dense/unit_profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "differences/network/roundoff.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index sides = block_lanes / 2;  // lanes of moves up, then as many of moves down
constexpr Eigen::Index rungs = sides - 1;        // each move half of the one before, and a last lane that does not move

// Kinks must be farther than half as much again as the farthest evaluated move reaches: then none lies between the
// evaluated moves either, even behind a curved layer.
constexpr double guard = 1.5;

// Ladders of shorter moves follow the first, for kinks that are near.
constexpr std::array longest_moves{0x1p-1, 0x1p-5, 0x1p-9};
constexpr double ratio = 0.70710678118654752;  // of a move to the one before: two rungs halve it
using PerRung = std::array<double, static_cast<std::size_t>(rungs)>;
constexpr PerRung powers_of(double by, double squared) {
    PerRung powers{1, by};
    for (std::size_t rung = 2; rung < powers.size(); ++rung) powers[rung] = powers[rung - 2] * squared;
    return powers;
}
constexpr PerRung moves_over_longest = powers_of(ratio, 0.5);
constexpr PerRung longest_over_moves = powers_of(2 * ratio, 2);
constexpr double longest_over_corrected_reach = 16;

constexpr std::size_t rungs_to_a_64th = 12;
constexpr double wide_share = 8;

using Nodes = std::array<double, 4>;

// The cubic through four values.
struct Cubic {
    Nodes coefficients;  // constant first

    Cubic(const Nodes& at, Nodes values) {
        for (std::size_t order = 1; order < at.size(); ++order)  // divided differences
            for (std::size_t n = at.size() - 1; n >= order; --n)
                values[n] = (values[n] - values[n - 1]) / (at[n] - at[n - order]);
        coefficients = {};
        for (std::size_t n = at.size(); n-- > 0;) {
            for (std::size_t power = at.size() - 1; power > 0; --power)
                coefficients[power] = coefficients[power - 1] - at[n] * coefficients[power];
            coefficients[0] = values[n] - at[n] * coefficients[0];
        }
    }
};

// What the values of a cubic at `nodes` have to be multiplied by to give its value at v.
constexpr Nodes weights_at(double v, const Nodes& nodes) {
    Nodes weights{};
    for (std::size_t n = 0; n < nodes.size(); ++n) {
        weights[n] = 1;
        for (std::size_t other = 0; other < nodes.size(); ++other)
            if (other != n) weights[n] *= (v - nodes[other]) / (nodes[n] - nodes[other]);
    }
    return weights;
}

// How quotients over both sides, or over one, are corrected; roundings are in units of a loss's over R.
//
// Quotients at moves 8R, 4R, 2R and R make a cubic in (t/R)² or t/R, which corrects quotients with moves up to R. What
// the next term of the series leaves of such a quotient is its product with (v - v₁)...(v - v₄), at most 4096 or 64 for
// v in [0, 1]; at 16R, where the quotient is known too, that product is 722,925 or 315 times as large, and the cubic
// misses by it. The share taken of the miss is larger than that, which leaves room for the terms behind.
//
// Where a kink is near, 16R asks for too much room, and hardly anything is to be corrected: quotients with moves up to
// R are then taken as they are. They depart by at most the first term, 4/3 or 2 times what R and R/2 differ by.
//
// The narrowest of many bars is taken, so a bar must not be narrow by accident, where two terms of the series happen to
// cancel at one place. They do not cancel at the next place too: misses and changes are taken at several.
struct Kind {
    Nodes nodes;                // v at 8R, 4R, 2R, R
    Nodes weights;              // for v at 16R
    double rounding;            // of a corrected quotient, its own and through the correction
    double share;               // of the miss at 16R
    double share_of_next;       // of the miss of the fit whose moves are shorter by √2, over the former share
    double plain_rounding;      // of a quotient taken as it is
    double rounding_of_change;  // between R and R/√8
    double share_of_change;
};
constexpr Kind central{.nodes = {64, 16, 4, 1},
                       .weights = weights_at(256, {64, 16, 4, 1}),
                       .rounding = 1.7,
                       .share = 0x1p-17,
                       .share_of_next = 8,
                       .plain_rounding = 1,
                       .rounding_of_change = 3.9,
                       .share_of_change = 3};
constexpr Kind one_sided{.nodes = {8, 4, 2, 1},
                         .weights = weights_at(16, {8, 4, 2, 1}),
                         .rounding = 9.2,
                         .share = 0x1p-7,
                         .share_of_next = 4,
                         .plain_rounding = 2,
                         .rounding_of_change = 7.8,
                         .share_of_change = 6};

// The losses along one ladder of moves to both sides.
class Ladder {
  public:
    // What no bar from it can be narrower than: the part of rounding, with the farthest reach.
    static double narrowest_bar(double longest, double rounding) {
        double times = std::numeric_limits<double>::infinity();
        for (const Kind& kind : {central, one_sided})
            times = std::min({times, kind.plain_rounding + kind.share_of_change * kind.rounding_of_change,
                              kind.rounding * longest_over_corrected_reach});
        return times * rounding / longest;
    }

    Ladder(const LaneForward& forward, const Row& row, Eigen::Index i, double longest,
           LaneForward::Workspace& workspace) {
        BlockRow changes = BlockRow::Zero();
        for (Eigen::Index rung = 0; rung < rungs; ++rung) {
            const double move = longest * moves_over_longest[static_cast<std::size_t>(rung)];
            moves_[static_cast<std::size_t>(rung)] = move;
            per_move_[static_cast<std::size_t>(rung)] = longest_over_moves[static_cast<std::size_t>(rung)] / longest;
            changes(rung) = move;
            changes(sides + rung) = -move;
        }
        BlockCrossings crossings;
        forward.losses_at(row, i, changes, workspace, losses_, &crossings, guard);
        const auto highest_from = [&crossings](Eigen::Index first) {
            Eigen::Index rung = rungs;
            while (rung > 0 && crossings[static_cast<std::size_t>(first + rung - 1)] == Crossing::none) --rung;
            return rung;
        };
        above_ = highest_from(0);
        below_ = highest_from(sides);
    }

    double unmoved_loss() const { return losses_(rungs); }
    // Whether a move changes the loss before it meets a kink.
    bool has_moved() const {
        return (losses_.segment(above_, rungs - above_) != unmoved_loss()).any() ||
               (losses_.segment(sides + below_, rungs - below_) != unmoved_loss()).any();
    }

    void improve(ExampleProfile& profile, RoundingOfLoss<double> rounding) const {
        take_best(central, Side::both, std::max(above_, below_), rounding, profile);
        if (above_ != below_) {
            const bool up = above_ < below_;
            take_best(one_sided, up ? Side::above : Side::below, std::min(above_, below_), rounding, profile);
        }
    }

  private:
    // Of every rung from `highest` on.
    PerRung quotients_from(Eigen::Index highest, Side side) const {
        PerRung quotients{};
        const double per_sides = side == Side::both ? 0.5 : 1;
        for (Eigen::Index rung = highest; rung < rungs; ++rung) {
            const double above = side == Side::below ? losses_(rungs) : losses_(rung);
            const double below = side == Side::above ? losses_(rungs) : losses_(sides + rung);
            quotients[static_cast<std::size_t>(rung)] =
                (above - below) * (per_sides * per_move_[static_cast<std::size_t>(rung)]);
        }
        return quotients;
    }

    static Nodes values_for_fit(const PerRung& quotients, std::size_t rung) {
        return {quotients[rung], quotients[rung + 2], quotients[rung + 4], quotients[rung + 6]};
    }

    static double miss(const Kind& kind, const PerRung& quotients, std::size_t rung) {
        const Nodes values = values_for_fit(quotients, rung);
        double expected = 0;
        for (std::size_t n = 0; n < values.size(); ++n) expected += kind.weights[n] * values[n];
        return std::abs(quotients[rung - 2] - expected);
    }

    static double change(const PerRung& quotients, std::size_t rung) {
        double largest = 0;
        for (std::size_t shorter = rung + 1; shorter <= rung + 3; ++shorter)
            largest = std::max(largest, std::abs(quotients[rung] - quotients[shorter]));
        return largest;
    }

    // From `highest` on, the rung from which on no kink lies between.
    void take_best(const Kind& kind, Side side, Eigen::Index highest, RoundingOfLoss<double> rounding,
                   ExampleProfile& profile) const {
        const PerRung quotients = quotients_from(highest, side);
        // Losses are rounded by the more the farther they lie from the unmoved one; of a fit's the first lies farthest.
        const auto rounding_at = [&](std::size_t rung) {
            const auto lane = static_cast<Eigen::Index>(rung);
            const double above = side == Side::below ? 0 : std::abs(losses_(lane) - losses_(rungs));
            const double below = side == Side::above ? 0 : std::abs(losses_(sides + lane) - losses_(rungs));
            return rounding.after(std::max(above, below));
        };
        std::size_t best = quotients.size();
        bool corrected = false;
        const auto choose_if_narrower = [&](std::size_t rung, bool is_corrected, double error_bar) {
            if (!(error_bar < profile.error_bar)) return;
            profile.error_bar = error_bar;
            best = rung;
            corrected = is_corrected;
        };
        const auto first = static_cast<std::size_t>(highest);
        double own_miss = first + 9 < quotients.size() ? miss(kind, quotients, first + 2) : 0;
        for (std::size_t rung = first + 2; rung + 7 < quotients.size(); ++rung) {
            const double next_miss = miss(kind, quotients, rung + 1);
            const double missed = std::max(own_miss, kind.share_of_next * next_miss);
            choose_if_narrower(rung, true,
                               kind.rounding * rounding_at(rung) * per_move_[rung + 6] + kind.share * missed);
            own_miss = next_miss;
        }
        for (std::size_t rung = first; rung + 3 < quotients.size(); ++rung) {
            const double rounded = rounding_at(rung) * per_move_[rung];
            const double changed = change(quotients, rung) + kind.rounding_of_change * rounded;
            choose_if_narrower(rung, false, kind.plain_rounding * rounded + kind.share_of_change * changed);
        }
        if (best == quotients.size()) return;
        const Nodes coefficients = corrected ? Cubic(kind.nodes, values_for_fit(quotients, best)).coefficients
                                             : Nodes{quotients[best], 0, 0, 0};
        profile.side = side;
        profile.reach = moves_[corrected ? best + 6 : best];  // of a fit, eight rungs below the farthest move
        profile.slope = coefficients[0];
        std::copy(coefficients.begin() + 1, coefficients.end(), profile.departure.begin());
        if (profile.error_bar > std::abs(profile.slope) / wide_share) widen(quotients, best, profile);
    }

    // A bar nearly as wide as the slope itself comes from moves beyond which the loss has gone flat, as e^-t does:
    // their quotients fall off with the move and say little of the slope. Shorter moves must not differ by more than
    // the bar.
    static void widen(const PerRung& quotients, std::size_t best, ExampleProfile& profile) {
        const std::size_t end = std::min(best + rungs_to_a_64th + 1, quotients.size());
        for (std::size_t shorter = best; shorter < end; ++shorter)
            profile.error_bar = std::max(profile.error_bar, 2 * std::abs(quotients[shorter] - profile.slope));
    }

    PerRung moves_;
    PerRung per_move_;
    BlockRow losses_;
    Eigen::Index above_ = rungs;
    Eigen::Index below_ = rungs;
};

}  // namespace

ExampleProfile profile_of(const LaneForward& forward, const Row& row, Eigen::Index i, RoundingOfLoss<double> rounding,
                          LaneForward::Workspace& workspace) {
    ExampleProfile profile;
    profile.error_bar = std::numeric_limits<double>::infinity();
    bool has_moved = false;
    const double length = forward.length_of(row);
    for (const double longest : longest_moves) {
        if (profile.error_bar <= Ladder::narrowest_bar(longest * length, rounding.unmoved)) break;
        const Ladder ladder(forward, row, i, longest * length, workspace);
        profile.unmoved = ladder.unmoved_loss();
        has_moved = has_moved || ladder.has_moved();
        ladder.improve(profile, rounding);
    }
    const auto is_zero = [](double x) { return x == 0; };
    // A loss at its least has the slope 0 as well, but it moves.
    if (!has_moved && profile.reach > 0 && profile.slope == 0 &&
        std::all_of(profile.departure.begin(), profile.departure.end(), is_zero) && forward.is_dead(row, i))
        profile.error_bar = 0;
    return profile;
}

}  // namespace gradproof::checks
