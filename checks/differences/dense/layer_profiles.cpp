// SPDX-License-Identifier: MIT
#include "differences/dense/layer_profiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "differences/network/near_kink.hpp"

namespace gradproof::checks {
namespace {

Estimate example_estimate(const MovedLayer& layer, Eigen::Index j, Eigen::Index i, const ExampleProfile& profile,
                          const KinkSlopes* slopes, LaneForward::Workspace& workspace) {
    if (profile.reach > 0) {
        const double size = std::abs(profile.slope);
        return smooth_estimate(profile.slope, profile.error_bar + layer.rounding_of_backward * size, size,
                               method_of(profile));
    }
    EntryLanes direction = EntryLanes::Zero();
    direction(0) = 1;
    EntrySums sums;
    sums.largest = direction;
    add_near_kink(layer, j, i, profile, slopes, direction, workspace, sums);
    return sums.mean(0, 1, layer.rounding_of_backward, layer.kinked);
}

}  // namespace

void LayerProfiles::take(const MovedLayer& layer, Eigen::Index first, Eigen::Index count, Sharing& sharing,
                         const ExampleReceiver& receive) {
    examples_ = layer.examples();
    profiles_.resize(static_cast<std::size_t>(count * examples_));
    slopes_.clear();
    slopes_.resize(static_cast<std::size_t>(count) * layer.kinked.count());
    const Eigen::Index chunks = (examples_ + examples_a_chunk - 1) / examples_a_chunk;
    sharing.for_each(static_cast<std::size_t>(count * chunks), [&]() -> std::function<void(std::size_t)> {
        return [&, chunks, workspace = LaneForward::Workspace(layer.forward)](std::size_t turn) mutable {
            const Eigen::Index unit = static_cast<Eigen::Index>(turn) / chunks;
            const Eigen::Index begin = static_cast<Eigen::Index>(turn) % chunks * examples_a_chunk;
            const Eigen::Index end = std::min(begin + examples_a_chunk, examples_);
            const Row row = layer.row(first + unit);
            std::vector<Estimate> estimates;
            for (Eigen::Index i = begin; i < end; ++i) {
                if (!sharing.goes_on()) return;
                ExampleProfile profile = profile_of(layer.forward, row, i, layer.rounding_of_loss(i), workspace);
                const KinkSlopes* slopes = nullptr;
                if (layer.kinked.reaches(row, i)) {
                    auto& kept =
                        slopes_[static_cast<std::size_t>(unit) * layer.kinked.count() + *layer.kinked.number_of(i)];
                    kept = std::make_unique<const KinkSlopes>(layer.kinked.slopes(row, i));
                    slopes = kept.get();
                }
                if (slopes && slopes->shows(layer.rounding_of_backward)) {
                    profile.reach = 0;
                    profile.error_bar = std::numeric_limits<double>::infinity();
                } else if (slopes) {
                    profile.error_bar = std::max(profile.error_bar, layer.rounding_of_backward * slopes->magnitude);
                }
                profiles_[static_cast<std::size_t>(unit * examples_ + i)] = profile;
                if (receive) estimates.push_back(example_estimate(layer, row.j, i, profile, slopes, workspace));
            }
            if (!receive) return;
            receive(row.j, begin, estimates);
            sharing.add_done(estimates.size());
        };
    });
}

const KinkSlopes* LayerProfiles::slopes(const MovedLayer& layer, Eigen::Index n, Eigen::Index i) const {
    const auto number = layer.kinked.number_of(i);
    return number ? slopes_[static_cast<std::size_t>(n) * layer.kinked.count() + *number].get() : nullptr;
}

}  // namespace gradproof::checks
