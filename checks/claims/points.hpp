// SPDX-License-Identifier: MIT
//
// Where claims are tried: fixed points, the same for all, taken from the domains: zero, almost zero, ordinary, both
// tails, both sides of every kink.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "gradproof/any_loss.hpp"

namespace gradproof::checks {

/// Pre-activations where differences have digits to show.
std::vector<double> ordinary_points();

/// Pre-activations far out, for the oracles that subtract nothing.
std::vector<double> tail_points();

/// Predictions inside a domain, also close to its edges.
std::vector<double> prediction_points(const Interval& domain);

/// Labels that a loss accepts, both edges among them.
std::vector<double> label_points(const LossFacts& loss);

/// Pre-activations (n × m) of an output layer and labels (n × m) that fit, m examples of pairwise different kind:
/// labels at the edges and, where the loss takes them, between. Distributions sum to 1 in each column.
struct OutputPoints {
    Eigen::MatrixXd Z;
    Eigen::MatrixXd Y;
};
OutputPoints output_points(const LossFacts& loss);

}  // namespace gradproof::checks
