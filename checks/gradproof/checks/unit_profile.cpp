// SPDX-License-Identifier: MIT
#include "gradproof/checks/unit_profile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gradproof::checks {
namespace {

constexpr Eigen::Index sides = block_lanes / 2;  // lanes of moves up, then as many of moves down
constexpr Eigen::Index rungs = sides - 1;        // moves 1/2, 1/4, ..., and one lane that does not move

// Kinks must be farther than half as much again as the farthest evaluated move reaches: then none lies between the
// evaluated moves either, even behind a curved layer.
constexpr double guard = 1.5;

// Where a kink is near, a second ladder of shorter moves stands in. Below the shortest useful T the rounding of a central
// quotient exceeds that of a longer one-sided one, which is not made here.
constexpr std::array longest_moves{0x1p-1, 0x1p-6};
constexpr double shortest_T = 0x1p-13;

// The quotients at moves T, T/2, T/4, fitted by slope + second t² + fourth t⁴.
struct Fit {
    double slope;
    double second;
    double fourth;

    Fit(double at_1, double at_2, double at_4, double T) {
        // Divided differences in u = (t/T)², at 1, 1/4, 1/16.
        const double upper = (at_1 - at_2) / 0.75;
        const double lower = (at_2 - at_4) / 0.1875;
        const double curvature = (upper - lower) / 0.9375;
        const double at_zero = lower - curvature * 0.3125;
        slope = at_4 - 0.0625 * (lower - curvature * 0.25);
        second = at_zero / (T * T);
        fourth = curvature / (T * T * T * T);
    }
    double at(double t) const { return slope + t * t * (second + t * t * fourth); }
};

// The losses along one ladder: move `longest`, half of it, and so on, to both sides.
struct Ladder {
    BlockRow losses;
    std::array<double, static_cast<std::size_t>(rungs)> quotients{};
    double longest;
    Eigen::Index highest = rungs;  // the rung from which on no kink lies between

    Ladder(const LaneForward& forward, const Row& row, Eigen::Index i, double longest_,
           LaneForward::Workspace& workspace)
        : longest(longest_) {
        BlockRow changes = BlockRow::Zero();
        for (Eigen::Index rung = 0; rung < rungs; ++rung) {
            changes(rung) = move_of(rung);
            changes(sides + rung) = -move_of(rung);
        }
        BlockCrossings crossings;
        forward.losses_at(row, i, changes, workspace, losses, &crossings, guard);
        while (highest > 0 && crossings[static_cast<std::size_t>(highest - 1)] == Crossing::none &&
               crossings[static_cast<std::size_t>(sides + highest - 1)] == Crossing::none)
            --highest;
        for (Eigen::Index rung = highest; rung < rungs; ++rung)
            quotients[static_cast<std::size_t>(rung)] =
                (losses(rung) - losses(sides + rung)) / (2 * move_of(rung));
    }

    double move_of(Eigen::Index rung) const { return std::ldexp(longest, -static_cast<int>(rung)); }
    double quotient(Eigen::Index rung) const { return quotients[static_cast<std::size_t>(rung)]; }
    double unmoved_loss() const { return losses(rungs); }
};

// A fit over T, T/2, T/4 serves moves up to T/4. Rounding reaches a quotient corrected by it at most 6.6 times over T:
// once per T/4, and through the correction. The next term of the series, sixth t⁶, leaves at most a sixtyfourth of
// sixth T⁶; at 2T the fit misses it by 44 sixth T⁶, which is seen. A 256th of what is seen is 11 times what is left; and
// so that no accident of signs hides it, the fit one rung lower must see its share too.
void take_best_fit(const Ladder& ladder, double rounding, ExampleProfile& profile) {
    for (Eigen::Index rung = ladder.highest + 1; rung + 3 < rungs && ladder.move_of(rung) >= shortest_T; ++rung) {
        const double T = ladder.move_of(rung);
        const Fit fit(ladder.quotient(rung), ladder.quotient(rung + 1), ladder.quotient(rung + 2), T);
        const Fit lower(ladder.quotient(rung + 1), ladder.quotient(rung + 2), ladder.quotient(rung + 3), T / 2);
        const double seen = std::max(std::abs(ladder.quotient(rung - 1) - fit.at(2 * T)),
                                     16 * std::abs(ladder.quotient(rung) - lower.at(T)));
        const double error_bar = 6.6 * rounding / T + seen / 256;
        if (!(error_bar < profile.error_bar)) continue;
        const double reach = T / 4;
        profile.reach = reach;
        profile.per_reach = 0.5 / reach;
        profile.second = fit.second * reach * reach;
        profile.fourth = fit.fourth * reach * reach * reach * reach;
        profile.slope = fit.slope;
        profile.error_bar = error_bar;
    }
}

}  // namespace

ExampleProfile profile_of(const LaneForward& forward, const Row& row, Eigen::Index i, double rounding,
                          LaneForward::Workspace& workspace) {
    ExampleProfile profile;
    profile.error_bar = std::numeric_limits<double>::infinity();
    for (const double longest : longest_moves) {
        const Ladder ladder(forward, row, i, longest, workspace);
        profile.unmoved = ladder.unmoved_loss();
        take_best_fit(ladder, rounding, profile);
        if (profile.reach > 0 || ladder.highest == 0) break;
    }
    return profile;
}

}  // namespace gradproof::checks
