// SPDX-License-Identifier: MIT
#include "gradproof/checks/near_kink.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "gradproof/checks/example_stencil.hpp"
#include "gradproof/checks/kink_hull.hpp"

namespace gradproof::checks {
namespace {

using Stencils = std::array<ExampleStencil<double>, static_cast<std::size_t>(entries_a_block)>;

// An example exactly on a kink: all that the conventions there allow.
Estimate widened(const MovedLayer& layer, Eigen::Index j, Eigen::Index i, double move, const Estimate& estimate) {
    std::vector<Estimate> one{estimate};
    const auto alone = [](double number) { return Matrix<double>(Matrix<double>::Constant(1, 1, number)); };
    const double step = std::ldexp(first_step_for<double>(layer.with_kinks), -8);
    widen_at_kinks(layer.probe.restricted_to({i}), layer.row(j), alone(move), alone(layer.rounding(0, i)), step, one);
    return one.front();
}

Stencils stencils_of(const MovedLayer& layer, Eigen::Index j, Eigen::Index i, const ExampleProfile& profile,
                     const EntryLanes& move, double step, LaneForward::Workspace& workspace) {
    Stencils stencils;
    stencils.fill({.losses = {},
                   .crossings = {Crossing::none, Crossing::none},
                   .unmoved = profile.unmoved,
                   .step = step,
                   .rounding = layer.rounding(0, i)});
    BlockRow changes;
    BlockRow losses;
    BlockCrossings crossings;
    for (std::size_t k = 0; k < steps_a_side; ++k) {
        const double shorter = std::ldexp(step, -static_cast<int>(k));
        changes.head<entries_a_block>() = shorter * move;
        changes.tail<entries_a_block>() = -shorter * move;
        layer.forward.losses_at(layer.row(j), i, changes, workspace, losses, &crossings);
        for (Eigen::Index lane = 0; lane < block_lanes; ++lane) {
            auto& stencil = stencils[static_cast<std::size_t>(lane % entries_a_block)];
            const std::size_t side = lane < entries_a_block ? 0 : 1;
            stencil.losses[side][k] = losses(lane);
            merge(stencil.crossings[side], crossings[static_cast<std::size_t>(lane)]);
        }
    }
    return stencils;
}

}  // namespace

void add_near_kink(const MovedLayer& layer, Eigen::Index j, Eigen::Index i, const ExampleProfile& profile,
                   const EntryLanes& move, LaneForward::Workspace& workspace, EntrySums& sums) {
    std::vector<Eigen::Index> left;
    for (Eigen::Index lane = 0; lane < entries_a_block; ++lane)
        if (move(lane) != 0) left.push_back(lane);
    double step = first_step_for<double>(layer.with_kinks);
    for (int round = 0; round <= most_shrinkings && !left.empty(); ++round, step /= shrinking) {
        const Stencils stencils = stencils_of(layer, j, i, profile, move, step, workspace);
        std::erase_if(left, [&](Eigen::Index lane) {
            const auto estimate = stencils[static_cast<std::size_t>(lane)].estimate();
            if (!estimate) return false;
            const bool on_kink = estimate->is_at_kink();
            sums.add(on_kink ? widened(layer, j, i, move(lane), *estimate) : *estimate, lane);
            return true;
        });
    }
    for (const Eigen::Index lane : left) sums.error_bar(lane) = std::numeric_limits<double>::infinity();
}

}  // namespace gradproof::checks
