// SPDX-License-Identifier: MIT
#include "differences/network/near_kink.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "differences/network/example_stencil.hpp"

namespace gradproof::checks {
namespace {

using Stencils = std::array<ExampleStencil<double>, static_cast<std::size_t>(entries_a_block)>;

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
                   const KinkSlopes* slopes, const EntryLanes& move, LaneForward::Workspace& workspace,
                   EntrySums& sums) {
    const auto add = [&](const std::optional<Estimate>& estimate, Eigen::Index lane) {
        if (slopes) {
            sums.add_at_kink(estimate_at_kink(estimate, *slopes, move(lane), layer.rounding_of_backward), *slopes,
                             move(lane), lane);
        } else {
            sums.add(*estimate, lane);
        }
    };
    std::vector<Eigen::Index> left;
    for (Eigen::Index lane = 0; lane < entries_a_block; ++lane)
        if (move(lane) != 0) left.push_back(lane);
    double step = first_step_for<double>(layer.with_kinks);
    for (int round = 0; round <= most_shrinkings && !left.empty(); ++round, step /= shrinking) {
        const Stencils stencils = stencils_of(layer, j, i, profile, move, step, workspace);
        std::erase_if(left, [&](Eigen::Index lane) {
            const auto estimate = stencils[static_cast<std::size_t>(lane)].estimate();
            if (!estimate) return false;
            add(estimate, lane);
            return true;
        });
    }
    for (const Eigen::Index lane : left) {
        if (slopes) {
            add(std::nullopt, lane);
        } else {
            sums.error_bar(lane) = std::numeric_limits<double>::infinity();
        }
    }
}

}  // namespace gradproof::checks
