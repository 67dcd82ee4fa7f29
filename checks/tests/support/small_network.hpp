// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::checks {

struct SmallNetwork {
    Network<double> network;
    Matrix<double> X;
    Matrix<double> Y;
};

/// A network with weights N(0, 1) / sqrt(n_prev) times `weight_scale`, biases N(0, 1) times `bias_scale`, inputs N(0,
/// 1) and labels 0 or 1 for `m` examples; `sizes` begins with the features. A seed means the same numbers everywhere.
SmallNetwork small_network(const std::vector<Eigen::Index>& sizes, const AnyActivation& hidden,
                           const AnyActivation& output, const AnyLoss& loss, Eigen::Index m, double lambda = 0,
                           std::uint32_t seed = 1, double weight_scale = 1, double bias_scale = 0.3);

}  // namespace gradproof::checks
