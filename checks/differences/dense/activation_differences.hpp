// SPDX-License-Identifier: MIT
//
// Every entry of one dA[l], l < L, at full speed: three steps to either side, five entries at a time.
// derivations/finite_differences.md
#pragma once

#include <functional>

#include "differences/dense/layer_profiles.hpp"

namespace gradproof::checks {

/// Estimates of the derivatives of the examples' losses in A[l](k, i), given to `receive` from any of the threads, each
/// entry once. `is_enough` says whether an estimate is narrow enough; if not, the best of a range of steps is taken.
void differentiate_activations(const RowProbe<double>& probe, std::size_t l, Sharing& sharing,
                               const std::function<bool(const Estimate&)>& is_enough, const ExampleReceiver& receive);

}  // namespace gradproof::checks
