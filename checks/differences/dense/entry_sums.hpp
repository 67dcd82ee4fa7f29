// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "differences/dense/lane_block.hpp"
#include "differences/network/kinked_examples.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// Entries of one row of W (the bias counts as one) that are moved together: each up in one lane of a block and down in
/// another.
inline constexpr Eigen::Index entries_a_block = block_lanes / 2;
using EntryLanes = Eigen::Array<double, entries_a_block, 1>;

/// Sums over the examples for each of a block's entries, in units of the entry's largest activation.
struct EntrySums {
    EntryLanes largest = EntryLanes::Zero();  ///< |A[l-1](k, i)| over the examples that move the cost
    EntryLanes per_largest = EntryLanes::Zero();
    EntryLanes value = EntryLanes::Zero();
    EntryLanes scale = EntryLanes::Zero();
    EntryLanes error_bar = EntryLanes::Zero();
    EntryLanes below = EntryLanes::Zero();  ///< by how much the derivative from the left exceeds the value
    EntryLanes above = EntryLanes::Zero();  ///< and that from the right
    std::array<Method, static_cast<std::size_t>(entries_a_block)> methods{};  ///< the last resort of any example

    std::vector<ConventionSums> conventions{};  ///< of each lane; empty as long as no kink was met

    void add(const Estimate& estimate, Eigen::Index lane);
    /// An example with units on a kink, of which `slopes` tell; the lane moves the row by `factor`.
    void add_at_kink(const Estimate& estimate, const KinkSlopes& slopes, double factor, Eigen::Index lane);
    void note_method(Method by, Eigen::Index lane);

    /// The mean over m examples, of which `kinked` were added as such. `rounding_of_backward` is relative to the sum of
    /// the terms.
    Estimate mean(Eigen::Index lane, double m, double rounding_of_backward, const KinkedExamples& kinked) const;
};

}  // namespace gradproof::checks
