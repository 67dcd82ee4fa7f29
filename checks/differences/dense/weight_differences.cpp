// SPDX-License-Identifier: MIT
#include "differences/dense/weight_differences.hpp"

#include <algorithm>
#include <vector>

#include "differences/dense/entry_sums.hpp"
#include "differences/dense/lanes.hpp"
#include "differences/dense/layer_profiles.hpp"
#include "differences/network/near_kink.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index most_units_a_group = 32;  // whose profiles are kept at a time

// Operations of one turn, and of its parts between which it looks up: a stop is answered and progress seen within a
// moment.
constexpr double operations_a_turn = 0x1p28;
constexpr double operations_a_chunk = 0x1p25;

// As many things of such a cost as fit, at least one.
Eigen::Index as_many_as_fit(double operations, double cost, Eigen::Index most) {
    return static_cast<Eigen::Index>(std::clamp(operations / cost, 1.0, static_cast<double>(most)));
}

// What one move costs behind layer l.
double operations_behind(const Network<double>& network, std::size_t l) {
    constexpr double an_activation = 16;
    double operations = an_activation;
    for (std::size_t behind = l + 1; behind <= network.depth(); ++behind) {
        const auto& W = network.layer(behind).W;
        const auto products = static_cast<double>(behind == l + 1 ? W.rows() : W.size());
        operations += products + an_activation * static_cast<double>(W.rows());
    }
    return operations;
}

// So many turns leave no thread without work for long; fewer blocks of entries than that are shared by their units.
constexpr Eigen::Index enough_turns = 128;

// The entries k = first.. of some units' rows, as far as they are there; the last one of a row is the bias. Units are
// counted within the group.
struct EntryBlock {
    Eigen::Index first;
    Eigen::Index end;
    Eigen::Index first_unit;
    Eigen::Index end_unit;
};

class LayerPass {
  public:
    LayerPass(const RowProbe<double>& probe, std::size_t l)
        : layer_(probe, Row::Of::pre_activation, l), A_(probe.A(l - 1)) {
        const double an_example = operations_behind(*probe.network, l) * static_cast<double>(block_lanes);
        examples_a_chunk_ = as_many_as_fit(operations_a_chunk, an_example, examples_a_chunk);
        units_a_group_ =
            as_many_as_fit(operations_a_turn, an_example * static_cast<double>(examples()), most_units_a_group);
    }

    void run(Sharing& sharing, const WeightReceiver& receiver) {
        const Eigen::Index units = layer_.probe.network->layer(layer_.l).W.rows();
        for (first_unit_ = 0; first_unit_ < units && !sharing.stopped(); first_unit_ += units_a_group_) {
            group_ = std::min(units_a_group_, units - first_unit_);
            profiles_.take(layer_, first_unit_, group_, sharing, receiver.examples);
            if (!sharing.stopped()) differentiate_entries(sharing, receiver);
        }
    }

  private:
    Eigen::Index examples() const { return layer_.examples(); }
    Eigen::Index entries() const { return A_.rows() + 1; }  // the bias is the last

    void differentiate_entries(Sharing& sharing, const WeightReceiver& receiver) {
        const Eigen::Index blocks = (entries() + entries_a_block - 1) / entries_a_block;
        const Eigen::Index parts = std::clamp<Eigen::Index>((enough_turns + blocks - 1) / blocks, 1, group_);
        const Eigen::Index units = (group_ + parts - 1) / parts;  // a turn
        const Eigen::Index turns = blocks * ((group_ + units - 1) / units);
        sharing.for_each(static_cast<std::size_t>(turns), [&, blocks, units]() -> std::function<void(std::size_t)> {
            return [&, workspace = LaneForward::Workspace(layer_.forward), sums = std::vector<EntrySums>(),
                    packed = std::vector<EntryLanes>(
                        static_cast<std::size_t>(std::min(examples_a_chunk_, examples())))](std::size_t turn) mutable {
                const Eigen::Index first = static_cast<Eigen::Index>(turn) % blocks * entries_a_block;
                const Eigen::Index first_unit = static_cast<Eigen::Index>(turn) / blocks * units;
                const EntryBlock block{first, std::min(first + entries_a_block, entries()), first_unit,
                                       std::min(first_unit + units, group_)};
                sums.assign(static_cast<std::size_t>(group_), EntrySums());
                if (!add_up(block, sharing, packed, workspace, sums)) return;
                for (Eigen::Index unit = block.first_unit; unit < block.end_unit; ++unit)
                    for (Eigen::Index k = block.first; k < block.end; ++k)
                        receiver.mean(
                            first_unit_ + unit, k,
                            sums[static_cast<std::size_t>(unit)].mean(k - block.first, static_cast<double>(examples()),
                                                                      layer_.rounding_of_backward, layer_.kinked));
                sharing.add_done(
                    static_cast<std::size_t>((block.end_unit - block.first_unit) * (block.end - block.first)));
            };
        });
    }

    // Returns whether it came to the end.
    bool add_up(const EntryBlock& block, const Sharing& sharing, std::vector<EntryLanes>& packed,
                LaneForward::Workspace& workspace, std::vector<EntrySums>& sums) const {
        const auto for_each_unit = [&](const auto& add) {
            for (Eigen::Index i = 0; i < examples() && sharing.goes_on(); i += examples_a_chunk_) {
                const Eigen::Index end = std::min(i + examples_a_chunk_, examples());
                pack(block, i, end, packed);
                for (Eigen::Index unit = block.first_unit; unit < block.end_unit; ++unit)
                    add(unit, i, end, sums[static_cast<std::size_t>(unit)]);
            }
        };
        for_each_unit([&](Eigen::Index unit, Eigen::Index i, Eigen::Index end, EntrySums& of_unit) {
            find_largest(unit, i, end, packed, of_unit);
        });
        for (EntrySums& of_unit : sums) {
            // The reciprocal of a subnormal number would be infinite.
            of_unit.largest = (of_unit.largest > 0.0).select(of_unit.largest.max(0x1p-1000), 0.0);
            of_unit.per_largest = (of_unit.largest > 0.0).select(of_unit.largest.inverse(), 0.0);
        }
        for_each_unit([&](Eigen::Index unit, Eigen::Index i, Eigen::Index end, EntrySums& of_unit) {
            add_examples(unit, i, end, packed, workspace, of_unit);
        });
        return !sharing.stopped();
    }

    // What the entries change Z[l](j, i) by, over their own change: A[l-1](k, i), and 1 for the bias.
    void pack(const EntryBlock& block, Eigen::Index begin, Eigen::Index end, std::vector<EntryLanes>& packed) const {
        const Eigen::Index weights = std::min(block.end, A_.rows()) - block.first;
        for (Eigen::Index i = begin; i < end; ++i) {
            EntryLanes& lanes = packed[static_cast<std::size_t>(i - begin)];
            lanes.setZero();
            std::copy_n(A_.col(i).data() + block.first, weights, lanes.data());
            if (weights < entries_a_block) lanes(weights) = 1;
        }
    }

    // An example in which nothing behind the unit moves adds nothing, and does not keep the others from a longer step.
    static bool is_dead(const ExampleProfile& profile) { return profile.error_bar == 0; }

    void find_largest(Eigen::Index unit, Eigen::Index begin, Eigen::Index end, const std::vector<EntryLanes>& packed,
                      EntrySums& sums) const {
        for (Eigen::Index i = begin; i < end; ++i)
            if (!is_dead(profiles_(unit, i)))
                sums.largest = sums.largest.max(packed[static_cast<std::size_t>(i - begin)].abs());
    }

    void add_examples(Eigen::Index unit, Eigen::Index begin, Eigen::Index end, const std::vector<EntryLanes>& packed,
                      LaneForward::Workspace& workspace, EntrySums& sums) const {
        const Eigen::Index j = first_unit_ + unit;
        BlockRow changes;
        BlockRow losses;
        for (Eigen::Index i = begin; i < end; ++i) {
            const ExampleProfile& profile = profiles_(unit, i);
            if (is_dead(profile)) continue;
            const EntryLanes move = packed[static_cast<std::size_t>(i - begin)] * sums.per_largest;
            if (!(profile.reach > 0)) {
                add_near_kink(layer_, j, i, profile, profiles_.slopes(layer_, unit, i), move, workspace, sums);
                continue;
            }
            const EntryLanes farthest = profile.reach * move;
            changes.head<entries_a_block>() = farthest;
            changes.tail<entries_a_block>() = -farthest;
            if (profile.side != Side::both) {
                keep_to_one_side(profile, changes);
                for (Eigen::Index lane = 0; lane < entries_a_block; ++lane)
                    if (move(lane) != 0) sums.note_method(method_of(profile), lane);
            }
            layer_.forward.losses_at(layer_.row(j), i, changes, workspace, losses);
            add_corrected_quotients(profile, move, losses, sums);
        }
    }

    // Of the two moves of an entry one goes to either side; the one to the wrong side is not made, so that the quotient
    // is taken between the other and no move.
    static void keep_to_one_side(const ExampleProfile& profile, BlockRow& changes) {
        changes = profile.side == Side::above ? changes.max(0.0).eval() : changes.min(0.0).eval();
    }

    static void add_corrected_quotients(const ExampleProfile& profile, const EntryLanes& move, const BlockRow& losses,
                                        EntrySums& sums) {
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

    MovedLayer layer_;
    const Matrix<double>& A_;  // that of the layer before
    Eigen::Index examples_a_chunk_;
    Eigen::Index units_a_group_;
    Eigen::Index first_unit_ = 0;
    Eigen::Index group_ = 0;
    LayerProfiles profiles_;  // of the group
};

}  // namespace

void differentiate_weights(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                           const WeightReceiver& receiver) {
    LayerPass(probe, l).run(sharing, receiver);
}

}  // namespace gradproof::checks
