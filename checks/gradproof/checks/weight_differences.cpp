// SPDX-License-Identifier: MIT
#include "gradproof/checks/weight_differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "gradproof/checks/example_stencil.hpp"
#include "gradproof/checks/kink_hull.hpp"
#include "gradproof/checks/lanes.hpp"
#include "gradproof/checks/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index entries_a_block = block_lanes / 2;  // each moves up in one lane and down in another
constexpr Eigen::Index units_a_group = 32;                 // whose profiles are kept at a time
constexpr Eigen::Index examples_a_chunk = 128;             // whose activations are packed at a time

using EntryLanes = Eigen::Array<double, entries_a_block, 1>;

// Sums over the examples, in units of the entry's largest activation.
struct Sums {
    EntryLanes largest = EntryLanes::Zero();  // |A[l-1](k, i)| over the examples that move the cost
    EntryLanes per_largest = EntryLanes::Zero();
    EntryLanes value = EntryLanes::Zero();
    EntryLanes scale = EntryLanes::Zero();
    EntryLanes error_bar = EntryLanes::Zero();
    EntryLanes below = EntryLanes::Zero();  // how far the lower of two one-sided derivatives lies below the value
    EntryLanes above = EntryLanes::Zero();
    std::array<Method, static_cast<std::size_t>(entries_a_block)> methods{};
};

class LayerPass {
  public:
    LayerPass(const RowProbe<double>& probe, std::size_t l)
        : probe_(probe),
          forward_(probe),
          l_(l),
          rounding_(rounding_of_losses(probe, l)),
          rounding_of_backward_(rounding_of_backward(*probe.network)) {
        for (std::size_t behind = l; behind <= probe.network->depth(); ++behind)
            with_kinks_ = with_kinks_ || !probe.kinks[behind].empty();
    }

    void run(Sharing& sharing, const WeightReceiver& receiver) {
        const Eigen::Index units = probe_.network->layer(l_).W.rows();
        for (first_unit_ = 0; first_unit_ < units && !sharing.stopped(); first_unit_ += units_a_group) {
            group_ = std::min(units_a_group, units - first_unit_);
            profile_units(sharing, receiver);
            if (!sharing.stopped()) differentiate_entries(sharing, receiver);
        }
    }

  private:
    Row row(Eigen::Index j) const { return {Row::Of::pre_activation, l_, j}; }
    Eigen::Index examples() const { return probe_.Y.cols(); }
    Eigen::Index weights() const { return probe_.cache.A[l_ - 1].rows(); }
    Eigen::Index entries() const { return weights() + 1; }  // the bias is the last
    const ExampleProfile& profile(Eigen::Index unit, Eigen::Index i) const {
        return profiles_[static_cast<std::size_t>(unit * examples() + i)];
    }

    void profile_units(Sharing& sharing, const WeightReceiver& receiver) {
        profiles_.resize(static_cast<std::size_t>(group_ * examples()));
        sharing.for_each(static_cast<std::size_t>(group_), [&]() -> std::function<void(std::size_t)> {
            return [&, workspace = LaneForward::Workspace(forward_)](std::size_t unit) mutable {
                const Eigen::Index j = first_unit_ + static_cast<Eigen::Index>(unit);
                for (Eigen::Index i = 0; i < examples(); ++i) {
                    const ExampleProfile profile = profile_of(forward_, row(j), i, rounding_(0, i), workspace);
                    profiles_[unit * static_cast<std::size_t>(examples()) + static_cast<std::size_t>(i)] = profile;
                    if (receiver.example) receiver.example(j, i, example_estimate(j, i, profile, workspace));
                }
                if (receiver.example) sharing.add_done(static_cast<std::size_t>(examples()));
            };
        });
    }

    Estimate example_estimate(Eigen::Index j, Eigen::Index i, const ExampleProfile& profile,
                              LaneForward::Workspace& workspace) const {
        if (profile.reach > 0) {
            const double size = std::abs(profile.slope);
            return smooth_estimate(profile.slope, profile.error_bar + rounding_of_backward_ * size, size,
                                   method_of(profile));
        }
        EntryLanes direction = EntryLanes::Zero();
        direction(0) = 1;
        Sums sums;
        sums.largest = direction;
        add_near_kink(j, i, profile, direction, workspace, sums);
        return estimate_from(sums, 0, 1);
    }

    void differentiate_entries(Sharing& sharing, const WeightReceiver& receiver) {
        const Eigen::Index blocks = (entries() + entries_a_block - 1) / entries_a_block;
        sharing.for_each(static_cast<std::size_t>(blocks), [&]() -> std::function<void(std::size_t)> {
            return [&, workspace = LaneForward::Workspace(forward_), sums = std::vector<Sums>(),
                    packed = std::vector<EntryLanes>(static_cast<std::size_t>(std::min(examples_a_chunk, examples())))](
                       std::size_t block) mutable {
                const Eigen::Index first = static_cast<Eigen::Index>(block) * entries_a_block;
                sums.assign(static_cast<std::size_t>(group_), Sums());
                const auto for_each_unit = [&](const auto& add) {
                    for (Eigen::Index i = 0; i < examples(); i += examples_a_chunk) {
                        const Eigen::Index end = std::min(i + examples_a_chunk, examples());
                        pack(first, i, end, packed);
                        for (Eigen::Index unit = 0; unit < group_; ++unit)
                            add(unit, i, end, sums[static_cast<std::size_t>(unit)]);
                    }
                };
                for_each_unit([&](Eigen::Index unit, Eigen::Index i, Eigen::Index end, Sums& of_unit) {
                    find_largest(unit, i, end, packed, of_unit);
                });
                for (Sums& of_unit : sums)
                    of_unit.per_largest = (of_unit.largest > 0.0).select(of_unit.largest.inverse(), 0.0);
                for_each_unit([&](Eigen::Index unit, Eigen::Index i, Eigen::Index end, Sums& of_unit) {
                    add_examples(unit, i, end, packed, workspace, of_unit);
                });
                const Eigen::Index end = std::min(first + entries_a_block, entries());
                for (Eigen::Index unit = 0; unit < group_; ++unit)
                    for (Eigen::Index k = first; k < end; ++k)
                        receiver.mean(first_unit_ + unit, k,
                                      estimate_from(sums[static_cast<std::size_t>(unit)], k - first,
                                                    static_cast<double>(examples())));
                sharing.add_done(static_cast<std::size_t>(group_ * (end - first)));
            };
        });
    }

    // What entries k = first.. change Z[l](j, i) by, over their own change: A[l-1](k, i), and 1 for the bias.
    void pack(Eigen::Index first, Eigen::Index begin, Eigen::Index end, std::vector<EntryLanes>& packed) const {
        const Matrix<double>& A = probe_.cache.A[l_ - 1];
        const Eigen::Index here = std::min(entries_a_block, weights() - first);
        for (Eigen::Index i = begin; i < end; ++i) {
            EntryLanes& lanes = packed[static_cast<std::size_t>(i - begin)];
            lanes.setZero();
            std::copy_n(A.col(i).data() + first, here, lanes.data());
            if (here < entries_a_block) lanes(here) = 1;
        }
    }

    // An example in which nothing behind the unit moves adds nothing, and does not keep the others from a longer step.
    static bool is_dead(const ExampleProfile& profile) { return profile.error_bar == 0; }

    void find_largest(Eigen::Index unit, Eigen::Index begin, Eigen::Index end, const std::vector<EntryLanes>& packed,
                      Sums& sums) const {
        for (Eigen::Index i = begin; i < end; ++i)
            if (!is_dead(profile(unit, i)))
                sums.largest = sums.largest.max(packed[static_cast<std::size_t>(i - begin)].abs());
    }

    void add_examples(Eigen::Index unit, Eigen::Index begin, Eigen::Index end, const std::vector<EntryLanes>& packed,
                      LaneForward::Workspace& workspace, Sums& sums) const {
        const Eigen::Index j = first_unit_ + unit;
        BlockRow changes;
        BlockRow losses;
        for (Eigen::Index i = begin; i < end; ++i) {
            const ExampleProfile& profile = this->profile(unit, i);
            if (is_dead(profile)) continue;
            const EntryLanes move = packed[static_cast<std::size_t>(i - begin)] * sums.per_largest;
            if (!(profile.reach > 0)) {
                add_near_kink(j, i, profile, move, workspace, sums);
                continue;
            }
            const EntryLanes farthest = profile.reach * move;
            changes.head<entries_a_block>() = farthest;
            changes.tail<entries_a_block>() = -farthest;
            if (profile.side != Side::both) {
                keep_to_one_side(profile, changes);
                for (Eigen::Index lane = 0; lane < entries_a_block; ++lane)
                    if (move(lane) != 0) note_method(method_of(profile), lane, sums);
            }
            forward_.losses_at(row(j), i, changes, workspace, losses);
            add_corrected_quotients(profile, move, losses, sums);
        }
    }

    // Of the two moves of an entry one goes to either side; the one to the wrong side is not made, so that the quotient
    // is taken between the other and no move.
    static void keep_to_one_side(const ExampleProfile& profile, BlockRow& changes) {
        changes = profile.side == Side::above ? changes.max(0.0).eval() : changes.min(0.0).eval();
    }

    static void add_corrected_quotients(const ExampleProfile& profile, const EntryLanes& move, const BlockRow& losses,
                                        Sums& sums) {
        const bool both = profile.side == Side::both;
        const double per_move = (both ? 0.5 : 1) / profile.reach;
        const auto [first, second, third] = profile.departure;
        for (Eigen::Index lane = 0; lane < entries_a_block; lane += Eigen::Index{lane_width}) {
            const Lanes x = load(move.data() + lane);
            const Lanes difference = load(losses.data() + lane) - load(losses.data() + entries_a_block + lane);
            const Lanes v = both ? x * x : absolute(x);
            const Lanes value = difference * per_move - x * v * (first + v * (second + v * third));
            const auto add = [lane](EntryLanes& sum, Lanes term) {
                store(sum.data() + lane, load(sum.data() + lane) + term);
            };
            add(sums.value, value);
            add(sums.scale, absolute(value));
            add(sums.error_bar, x == 0.0 ? Lanes{} : broadcast(profile.error_bar));
        }
    }

    // Three steps to either side, shorter ones for the entries that still meet a kink.
    void add_near_kink(Eigen::Index j, Eigen::Index i, const ExampleProfile& profile, const EntryLanes& move,
                       LaneForward::Workspace& workspace, Sums& sums) const {
        std::vector<Eigen::Index> left;
        for (Eigen::Index lane = 0; lane < entries_a_block; ++lane)
            if (move(lane) != 0) left.push_back(lane);
        double step = first_step_for<double>(with_kinks_);
        for (int round = 0; round <= most_shrinkings && !left.empty(); ++round, step /= shrinking) {
            const auto stencils = stencils_of(j, i, profile, move, step, workspace);
            std::erase_if(left, [&](Eigen::Index lane) {
                auto estimate = stencils[static_cast<std::size_t>(lane)].estimate();
                if (!estimate) return false;
                if (estimate->lower < estimate->upper) widen(j, i, move(lane), *estimate);
                add(*estimate, lane, sums);
                return true;
            });
        }
        for (const Eigen::Index lane : left) sums.error_bar(lane) = std::numeric_limits<double>::infinity();
    }

    // An example exactly on a kink: all that the conventions there allow.
    void widen(Eigen::Index j, Eigen::Index i, double move, Estimate& estimate) const {
        std::vector<Estimate> one{estimate};
        const double step = std::ldexp(first_step_for<double>(with_kinks_), -8);
        widen_at_kinks(probe_.restricted_to({i}), row(j), Matrix<double>(Matrix<double>::Constant(1, 1, move)),
                       Matrix<double>(Matrix<double>::Constant(1, 1, rounding_(0, i))), step, one);
        estimate = one.front();
    }

    std::array<ExampleStencil<double>, static_cast<std::size_t>(entries_a_block)> stencils_of(
        Eigen::Index j, Eigen::Index i, const ExampleProfile& profile, const EntryLanes& move, double step,
        LaneForward::Workspace& workspace) const {
        std::array<ExampleStencil<double>, static_cast<std::size_t>(entries_a_block)> stencils;
        stencils.fill({.losses = {},
                       .crossings = {Crossing::none, Crossing::none},
                       .unmoved = profile.unmoved,
                       .step = step,
                       .rounding = rounding_(0, i)});
        BlockRow changes;
        BlockRow losses;
        BlockCrossings crossings;
        for (std::size_t k = 0; k < steps_a_side; ++k) {
            const double shorter = std::ldexp(step, -static_cast<int>(k));
            changes.head<entries_a_block>() = shorter * move;
            changes.tail<entries_a_block>() = -shorter * move;
            forward_.losses_at(row(j), i, changes, workspace, losses, &crossings);
            for (Eigen::Index lane = 0; lane < block_lanes; ++lane) {
                auto& stencil = stencils[static_cast<std::size_t>(lane % entries_a_block)];
                const std::size_t side = lane < entries_a_block ? 0 : 1;
                stencil.losses[side][k] = losses(lane);
                merge(stencil.crossings[side], crossings[static_cast<std::size_t>(lane)]);
            }
        }
        return stencils;
    }

    static void add(const Estimate& estimate, Eigen::Index lane, Sums& sums) {
        sums.value(lane) += estimate.value;
        sums.scale(lane) += estimate.scale;
        sums.error_bar(lane) += estimate.error_bar;
        sums.below(lane) += estimate.value - estimate.lower;
        sums.above(lane) += estimate.upper - estimate.value;
        note_method(estimate.method, lane, sums);
    }

    static void note_method(Method by, Eigen::Index lane, Sums& sums) {
        Method& method = sums.methods[static_cast<std::size_t>(lane)];
        method = std::max(method, by);
    }

    // Summing m numbers rounds m - 1 times, each time by at most half an ulp of the sum of their magnitudes; and so
    // does whoever computed the gradient, whose own pass rounds too.
    Estimate estimate_from(const Sums& sums, Eigen::Index lane, double m) const {
        const double unit = sums.largest(lane) / m;
        const double scale = sums.scale(lane) * unit;
        Estimate estimate = smooth_estimate(
            sums.value(lane) * unit, sums.error_bar(lane) * unit + (2 * m * 0x1p-53 + rounding_of_backward_) * scale,
            scale, sums.methods[static_cast<std::size_t>(lane)]);
        estimate.lower -= sums.below(lane) * unit;
        estimate.upper += sums.above(lane) * unit;
        return estimate;
    }

    const RowProbe<double>& probe_;
    LaneForward forward_;
    std::size_t l_;
    Matrix<double> rounding_;
    double rounding_of_backward_;
    bool with_kinks_ = false;
    Eigen::Index first_unit_ = 0;
    Eigen::Index group_ = 0;
    std::vector<ExampleProfile> profiles_;  // of the group's units, example by example
};

}  // namespace

void differentiate_weights(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                           const WeightReceiver& receiver) {
    LayerPass(probe, l).run(sharing, receiver);
}

}  // namespace gradproof::checks
