// SPDX-License-Identifier: MIT
//
// Numerical derivatives of a cost whose examples have weights. It is linear in the losses of the examples, so the
// derivatives are those of the examples of one weight, taken together without it, times that weight, and added up.
#pragma once

#include "gradproof/checks/network_differences.hpp"

namespace gradproof::checks {

/// As differentiate_network, of a network with example_weights. Throws std::invalid_argument if shapes do not fit, or
/// if a weight is not finite or all are 0.
NetworkEstimates differentiate_weighted(const Network<double>& network, const Matrix<double>& X,
                                        const Matrix<double>& Y, const DifferenceOptions& options);

}  // namespace gradproof::checks
