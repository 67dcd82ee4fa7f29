// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::checks {

/// How the course starts a network: weights randn(n_l, n_{l-1}) from a seed, times `factor`, or divided by the square
/// root of n_{l-1} if `factor` is 0; biases 0; hidden layers `hidden`, the last one `output`. `sizes` begins with the
/// features.
Network<double> course_network(const std::vector<Eigen::Index>& sizes, const AnyActivation& hidden,
                               const AnyActivation& output, const AnyLoss& loss, std::uint32_t seed, double factor = 0);

/// One step of gradient descent: every W and b less the learning rate times its gradient. Returns the cost before it.
double descend(Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y, double learning_rate);

/// The share of the examples whose prediction lies on the label's side of 1/2.
double accuracy(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y);

}  // namespace gradproof::checks
