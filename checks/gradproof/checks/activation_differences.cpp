// SPDX-License-Identifier: MIT
#include "gradproof/checks/activation_differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "gradproof/checks/example_stencil.hpp"
#include "gradproof/checks/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index lanes_an_entry = 2 * Eigen::Index{steps_a_side};
constexpr Eigen::Index entries_a_block = block_lanes / lanes_an_entry;
constexpr Eigen::Index blocks_a_turn = 8;

// Lane `side * steps_a_side + k` of an entry moves it by the k-th step to that side.
double step_of_lane(Eigen::Index lane, double first_step) {
    const auto place = static_cast<int>(lane % lanes_an_entry);
    const auto steps = static_cast<int>(steps_a_side);
    return std::ldexp(place < steps ? first_step : -first_step, -(place % steps));
}

}  // namespace

void differentiate_activations(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                               const std::function<bool(const Estimate&)>& is_enough,
                               const std::function<void(Eigen::Index k, Eigen::Index i, const Estimate&)>& receive) {
    const LaneForward forward(probe);
    const Matrix<double> rounding = rounding_of_losses(probe, l + 1);
    const double relative = rounding_of_backward(*probe.network);
    const Eigen::Index n = probe.network->layer(l + 1).W.cols();
    bool with_kinks = false;
    for (std::size_t behind = l + 1; behind <= probe.network->depth(); ++behind)
        with_kinks = with_kinks || !probe.kinks[behind].empty();
    const double step = first_step_for<double>(with_kinks);
    BlockRow changes = BlockRow::Zero();
    for (Eigen::Index lane = 0; lane < entries_a_block * lanes_an_entry; ++lane)
        changes(lane) = step_of_lane(lane, step);

    const Eigen::Index entries_a_turn = entries_a_block * blocks_a_turn;
    sharing.for_each(
        static_cast<std::size_t>((n + entries_a_turn - 1) / entries_a_turn), [&]() -> std::function<void(std::size_t)> {
            return [&, workspace = LaneForward::Workspace(forward)](std::size_t turn) mutable {
                const Eigen::Index begin = static_cast<Eigen::Index>(turn) * entries_a_turn;
                const Eigen::Index end = std::min(begin + entries_a_turn, n);
                BlockRow losses;
                BlockCrossings crossings;
                BlockIndices rows;
                const auto estimate_of = [&](Eigen::Index entry, Eigen::Index k, Eigen::Index i) {
                    ExampleStencil<double> stencil{.losses = {},
                                                   .crossings = {Crossing::none, Crossing::none},
                                                   .unmoved = losses(block_lanes - 1),
                                                   .step = step,
                                                   .rounding = rounding(0, i)};
                    for (std::size_t side = 0; side < 2; ++side) {
                        for (std::size_t s = 0; s < steps_a_side; ++s) {
                            const std::size_t lane =
                                static_cast<std::size_t>(entry * lanes_an_entry) + side * steps_a_side + s;
                            stencil.losses[side][s] = losses(static_cast<Eigen::Index>(lane));
                            merge(stencil.crossings[side], crossings[lane]);
                        }
                    }
                    Estimate estimate =
                        stencil.estimate().value_or(smooth_estimate(0, std::numeric_limits<double>::infinity(), 0));
                    if (!is_enough(estimate) && estimate.lower == estimate.upper) {
                        const ExampleProfile profile =
                            profile_of(forward, {Row::Of::activation, l, k}, i, rounding(0, i), workspace);
                        if (profile.error_bar < estimate.error_bar)
                            estimate = smooth_estimate(profile.slope, profile.error_bar, std::abs(profile.slope));
                    }
                    estimate.error_bar += relative * estimate.scale;
                    return estimate;
                };
                for (Eigen::Index i = 0; i < probe.Y.cols(); ++i) {
                    for (Eigen::Index first = begin; first < end; first += entries_a_block) {
                        for (Eigen::Index lane = 0; lane < block_lanes; ++lane)
                            rows[static_cast<std::size_t>(lane)] = std::min(first + lane / lanes_an_entry, end - 1);
                        forward.losses_with_A(l, rows, i, changes, workspace, losses,
                                              with_kinks ? &crossings : nullptr);
                        if (!with_kinks) crossings.fill(Crossing::none);
                        for (Eigen::Index k = first; k < std::min(first + entries_a_block, end); ++k)
                            receive(k, i, estimate_of(k - first, k, i));
                    }
                }
                sharing.add_done(static_cast<std::size_t>((end - begin) * probe.Y.cols()));
            };
        });
}

}  // namespace gradproof::checks
