// SPDX-License-Identifier: MIT
#include "differences/dense/activation_differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "differences/network/example_stencil.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index lanes_an_entry = 2 * Eigen::Index{steps_a_side};
constexpr Eigen::Index entries_at_once = block_lanes / lanes_an_entry;

// Lane `side * steps_a_side + s` of an entry moves it by the s-th step to that side.
Eigen::Index lane_of(Eigen::Index entry, std::size_t side, std::size_t s) {
    return entry * lanes_an_entry + static_cast<Eigen::Index>(side * steps_a_side + s);
}

// Five rows of A[l] at a time, with one thread's memory.
class ActivationPass {
  public:
    explicit ActivationPass(const MovedLayer& layer) : layer_(layer), workspace_(layer.forward) {}

    // The five rows from `first` on; rows beyond the last repeat it.
    void set_rows(Eigen::Index first) {
        const Eigen::Index last = layer_.probe.A(layer_.l).rows() - 1;
        for (Eigen::Index entry = 0; entry < entries_at_once; ++entry) {
            const Eigen::Index k = std::min(first + entry, last);
            const double step = first_step_for<double>(layer_.with_kinks) * layer_.forward.length_of(layer_.row(k));
            steps_[static_cast<std::size_t>(entry)] = step;
            for (std::size_t side = 0; side < 2; ++side)
                for (std::size_t s = 0; s < steps_a_side; ++s)
                    changes_(lane_of(entry, side, s)) = std::ldexp(side == 0 ? step : -step, -static_cast<int>(s));
            for (Eigen::Index lane = entry * lanes_an_entry; lane < block_lanes; ++lane)
                rows_[static_cast<std::size_t>(lane)] = k;
        }
    }

    void evaluate(Eigen::Index i) {
        crossings_.fill(Crossing::none);
        layer_.forward.losses_with_A(layer_.l, rows_, i, changes_, workspace_, losses_,
                                     layer_.with_kinks ? &crossings_ : nullptr);
    }

    Estimate estimate(Eigen::Index entry, Eigen::Index i, const std::function<bool(const Estimate&)>& is_enough) {
        const Row row = layer_.row(rows_[static_cast<std::size_t>(lane_of(entry, 0, 0))]);
        const auto by_stencil = stencil(entry, i).estimate();
        double of_conventions = 0;  // what these round, where they cancel
        if (layer_.kinked.reaches(row, i)) {
            const KinkSlopes slopes = layer_.kinked.slopes(row, i);
            of_conventions = layer_.rounding_of_backward * slopes.magnitude;
            if (slopes.shows(layer_.rounding_of_backward) || (by_stencil && by_stencil->is_at_kink()))
                return at_kink(by_stencil, slopes);
        }
        Estimate estimate = by_stencil.value_or(smooth_estimate(0, std::numeric_limits<double>::infinity(), 0));
        if (!is_enough(estimate) && !estimate.is_at_kink()) {
            const ExampleProfile profile = profile_of(layer_.forward, row, i, layer_.rounding_of_loss(i), workspace_);
            if (profile.error_bar < estimate.error_bar)
                estimate =
                    smooth_estimate(profile.slope, profile.error_bar, std::abs(profile.slope), method_of(profile));
        }
        estimate.error_bar += layer_.rounding_of_backward * estimate.scale + of_conventions;
        return estimate;
    }

  private:
    Estimate at_kink(const std::optional<Estimate>& differences, const KinkSlopes& slopes) const {
        Estimate estimate = estimate_at_kink(differences, slopes, 1, layer_.rounding_of_backward);
        ConventionSums sums;
        sums.add(slopes, 1, estimate.value);
        layer_.kinked.settle(estimate, sums);
        return estimate;
    }

    ExampleStencil<double> stencil(Eigen::Index entry, Eigen::Index i) const {
        ExampleStencil<double> stencil{.losses = {},
                                       .crossings = {Crossing::none, Crossing::none},
                                       .unmoved = losses_(block_lanes - 1),  // a lane that no entry needs
                                       .step = steps_[static_cast<std::size_t>(entry)],
                                       .rounding = layer_.rounding(0, i),
                                       .rounding_grows = layer_.rounding_grows};
        for (std::size_t side = 0; side < 2; ++side) {
            for (std::size_t s = 0; s < steps_a_side; ++s) {
                const Eigen::Index lane = lane_of(entry, side, s);
                stencil.losses[side][s] = losses_(lane);
                merge(stencil.crossings[side], crossings_[static_cast<std::size_t>(lane)]);
            }
        }
        return stencil;
    }

    const MovedLayer& layer_;
    LaneForward::Workspace workspace_;
    BlockRow changes_ = BlockRow::Zero();
    BlockRow losses_;
    BlockCrossings crossings_{};
    BlockIndices rows_{};
    std::array<double, static_cast<std::size_t>(entries_at_once)> steps_{};
};

}  // namespace

void differentiate_activations(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                               const std::function<bool(const Estimate&)>& is_enough, const ExampleReceiver& receive) {
    const MovedLayer layer(probe, Row::Of::activation, l);
    const Eigen::Index n = probe.A(l).rows();
    const Eigen::Index chunks = (layer.examples() + examples_a_chunk - 1) / examples_a_chunk;
    const Eigen::Index blocks = (n + entries_at_once - 1) / entries_at_once;
    sharing.for_each(static_cast<std::size_t>(blocks * chunks), [&]() -> std::function<void(std::size_t)> {
        return [&, pass = ActivationPass(layer)](std::size_t turn) mutable {
            const Eigen::Index first = static_cast<Eigen::Index>(turn) / chunks * entries_at_once;
            const Eigen::Index here = std::min(entries_at_once, n - first);
            const Eigen::Index begin = static_cast<Eigen::Index>(turn) % chunks * examples_a_chunk;
            const Eigen::Index end = std::min(begin + examples_a_chunk, layer.examples());
            std::vector<std::vector<Estimate>> estimates(static_cast<std::size_t>(here));
            pass.set_rows(first);
            for (Eigen::Index i = begin; i < end; ++i) {
                if (!sharing.goes_on()) return;
                pass.evaluate(i);
                for (Eigen::Index entry = 0; entry < here; ++entry)
                    estimates[static_cast<std::size_t>(entry)].push_back(pass.estimate(entry, i, is_enough));
            }
            for (Eigen::Index entry = 0; entry < here; ++entry)
                receive(first + entry, begin, estimates[static_cast<std::size_t>(entry)]);
            sharing.add_done(static_cast<std::size_t>(here * (end - begin)));
        };
    });
}

}  // namespace gradproof::checks
