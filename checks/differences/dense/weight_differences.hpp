// SPDX-License-Identifier: MIT
//
// Every entry of one layer's W and b at full speed: two evaluations of the loss an entry and example, many entries at a
// time (lane_forward.hpp), each quotient corrected by its unit's profile (unit_profile.hpp); examples near a kink by
// the careful stencil (example_stencil.hpp). The cost of an entry does not depend on how many there are.
// derivations/finite_differences.md
#pragma once

#include <functional>

#include "differences/dense/layer_profiles.hpp"

namespace gradproof::checks {

/// Takes the estimates of one layer as they come, from any of the threads, each entry once.
struct WeightReceiver {
    /// Of the mean loss in W[l](j, k), or in b[l](j) for k = the number of columns of W[l].
    std::function<void(Eigen::Index j, Eigen::Index k, const Estimate&)> mean;
    /// Of the losses in Z[l](j, i). Not called if empty.
    ExampleReceiver examples;
};

/// Estimates for layer l, without regularisation.
void differentiate_weights(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                           const WeightReceiver& receiver);

}  // namespace gradproof::checks
