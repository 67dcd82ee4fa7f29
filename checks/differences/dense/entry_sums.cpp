// SPDX-License-Identifier: MIT
#include "differences/dense/entry_sums.hpp"

#include <algorithm>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {

void EntrySums::add(const Estimate& estimate, Eigen::Index lane) {
    value(lane) += estimate.value;
    scale(lane) += estimate.scale;
    error_bar(lane) += estimate.error_bar;
    below(lane) += estimate.from_below - estimate.value;
    above(lane) += estimate.from_above - estimate.value;
    note_method(estimate.method, lane);
}

void EntrySums::add_at_kink(const Estimate& estimate, const KinkSlopes& slopes, double factor, Eigen::Index lane) {
    add(estimate, lane);
    if (conventions.empty()) conventions.resize(static_cast<std::size_t>(entries_a_block));
    conventions[static_cast<std::size_t>(lane)].add(slopes, factor, estimate.value);
}

void EntrySums::note_method(Method by, Eigen::Index lane) {
    Method& method = methods[static_cast<std::size_t>(lane)];
    method = std::max(method, by);
}

Estimate EntrySums::mean(Eigen::Index lane, double m, double rounding_of_backward, const KinkedExamples& kinked) const {
    const double unit = largest(lane) / m;
    const double scale_of_mean = scale(lane) * unit;
    Estimate estimate = smooth_estimate(
        value(lane) * unit, error_bar(lane) * unit + (rounding_of_sum(m) + rounding_of_backward) * scale_of_mean,
        scale_of_mean, methods[static_cast<std::size_t>(lane)]);
    estimate.from_below += below(lane) * unit;
    estimate.from_above += above(lane) * unit;
    if (!conventions.empty()) kinked.settle(estimate, conventions[static_cast<std::size_t>(lane)], unit);
    return estimate;
}

}  // namespace gradproof::checks
