// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "gradproof/checks/moved_layer.hpp"
#include "gradproof/checks/parallel.hpp"
#include "gradproof/checks/unit_profile.hpp"

namespace gradproof::checks {

inline constexpr Eigen::Index examples_a_chunk = 128;  // that are worked on at a time

/// Takes the estimates of the derivatives of consecutive examples' losses in row j of Z[l] or A[l], from example
/// `first` on.
using ExampleReceiver = std::function<void(Eigen::Index j, Eigen::Index first, const std::vector<Estimate>& estimates)>;

/// The profiles of some units of one layer, example by example.
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

  private:
    Eigen::Index examples_ = 0;
    std::vector<ExampleProfile> profiles_;
};

}  // namespace gradproof::checks
