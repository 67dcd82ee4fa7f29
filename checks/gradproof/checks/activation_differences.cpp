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

// Lane `side * steps_a_side + s` of an entry moves it by the s-th step to that side.
Eigen::Index lane_of(Eigen::Index entry, std::size_t side, std::size_t s) {
    return entry * lanes_an_entry + static_cast<Eigen::Index>(side * steps_a_side + s);
}

class ActivationPass {
  public:
    ActivationPass(const RowProbe<double>& probe, std::size_t l)
        : probe_(probe),
          forward_(probe),
          l_(l),
          rounding_(rounding_of_losses(probe, l + 1)),
          rounding_of_backward_(rounding_of_backward(*probe.network)) {
        for (std::size_t behind = l + 1; behind <= probe.network->depth(); ++behind)
            with_kinks_ = with_kinks_ || !probe.kinks[behind].empty();
    }

    // The five rows from `first` on; rows beyond the last repeat it.
    void set_rows(Eigen::Index first) {
        const Eigen::Index last = probe_.network->layer(l_ + 1).W.cols() - 1;
        for (Eigen::Index entry = 0; entry < entries_a_block; ++entry) {
            const Eigen::Index k = std::min(first + entry, last);
            const double step = first_step_for<double>(with_kinks_) * forward_.length_of({Row::Of::activation, l_, k});
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
        forward_.losses_with_A(l_, rows_, i, changes_, workspace_, losses_, with_kinks_ ? &crossings_ : nullptr);
    }

    Estimate estimate(Eigen::Index entry, Eigen::Index i, const std::function<bool(const Estimate&)>& is_enough) {
        Estimate estimate =
            stencil(entry, i).estimate().value_or(smooth_estimate(0, std::numeric_limits<double>::infinity(), 0));
        if (!is_enough(estimate) && estimate.lower == estimate.upper) {
            const Row row{Row::Of::activation, l_, rows_[static_cast<std::size_t>(lane_of(entry, 0, 0))]};
            const ExampleProfile profile = profile_of(forward_, row, i, rounding_(0, i), workspace_);
            if (profile.error_bar < estimate.error_bar)
                estimate =
                    smooth_estimate(profile.slope, profile.error_bar, std::abs(profile.slope), method_of(profile));
        }
        estimate.error_bar += rounding_of_backward_ * estimate.scale;
        return estimate;
    }

  private:
    ExampleStencil<double> stencil(Eigen::Index entry, Eigen::Index i) const {
        ExampleStencil<double> stencil{.losses = {},
                                       .crossings = {Crossing::none, Crossing::none},
                                       .unmoved = losses_(block_lanes - 1),  // a lane that no entry needs
                                       .step = steps_[static_cast<std::size_t>(entry)],
                                       .rounding = rounding_(0, i)};
        for (std::size_t side = 0; side < 2; ++side) {
            for (std::size_t s = 0; s < steps_a_side; ++s) {
                const Eigen::Index lane = lane_of(entry, side, s);
                stencil.losses[side][s] = losses_(lane);
                merge(stencil.crossings[side], crossings_[static_cast<std::size_t>(lane)]);
            }
        }
        return stencil;
    }

    const RowProbe<double>& probe_;
    LaneForward forward_;
    std::size_t l_;
    Matrix<double> rounding_;
    double rounding_of_backward_;
    bool with_kinks_ = false;
    LaneForward::Workspace workspace_{forward_};
    BlockRow changes_ = BlockRow::Zero();
    BlockRow losses_;
    BlockCrossings crossings_{};
    BlockIndices rows_{};
    std::array<double, static_cast<std::size_t>(entries_a_block)> steps_{};
};

}  // namespace

void differentiate_activations(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                               const std::function<bool(const Estimate&)>& is_enough,
                               const std::function<void(Eigen::Index k, Eigen::Index i, const Estimate&)>& receive) {
    const Eigen::Index n = probe.network->layer(l + 1).W.cols();
    const ActivationPass shared(probe, l);
    const auto turns = static_cast<std::size_t>((n + entries_a_block - 1) / entries_a_block);
    sharing.for_each(turns, [&]() -> std::function<void(std::size_t)> {
        return [&, pass = shared](std::size_t turn) mutable {
            const Eigen::Index first = static_cast<Eigen::Index>(turn) * entries_a_block;
            const Eigen::Index here = std::min(entries_a_block, n - first);
            pass.set_rows(first);
            for (Eigen::Index i = 0; i < probe.Y.cols(); ++i) {
                pass.evaluate(i);
                for (Eigen::Index entry = 0; entry < here; ++entry)
                    receive(first + entry, i, pass.estimate(entry, i, is_enough));
            }
            sharing.add_done(static_cast<std::size_t>(here * probe.Y.cols()));
        };
    });
}

}  // namespace gradproof::checks
