// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "differences/dense/moved_layer.hpp"
#include "differences/dense/unit_profile.hpp"
#include "gradproof/checks/parallel.hpp"

namespace gradproof::checks {

inline constexpr Eigen::Index examples_a_chunk = 128;  // that are worked on at a time

/// Takes the estimates of the derivatives of consecutive examples' losses in row j of Z[l] or A[l], from example
/// `first` on.
using ExampleReceiver = std::function<void(Eigen::Index j, Eigen::Index first, const std::vector<Estimate>& estimates)>;

/// The profiles of some units of one layer, example by example. Where a kink shows, the profile leaves no room.
class LayerProfiles {
  public:
    /// Takes those of the units first .. first + count - 1. `receive`, if given, gets each example's own derivative
    /// from any of the threads. Incomplete after a stop.
    void take(const MovedLayer& layer, Eigen::Index first, Eigen::Index count, Sharing& sharing,
              const ExampleReceiver& receive);

    /// Of unit first + n.
    const ExampleProfile& operator()(Eigen::Index n, Eigen::Index i) const {
        return profiles_[static_cast<std::size_t>(n * examples_ + i)];
    }

    /// Of unit first + n where its motion reaches a kink of example i, else null.
    const KinkSlopes* slopes(const MovedLayer& layer, Eigen::Index n, Eigen::Index i) const;

  private:
    Eigen::Index examples_ = 0;
    std::vector<ExampleProfile> profiles_;
    std::vector<std::unique_ptr<const KinkSlopes>> slopes_;  // of each unit those of the kinked examples
};

}  // namespace gradproof::checks
