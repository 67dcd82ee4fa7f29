// SPDX-License-Identifier: MIT
//
// Small networks of whose pre-activations many lie exactly on a kink, and what is right for them, computed without the
// checkers: a plain backward pass with any slope at the kink, and one-sided derivatives by a forward pass of its own
// that carries the direction along. derivations/kinks.md
#pragma once

#include <functional>
#include <string>

#include "gradproof/checks/network_differences.hpp"

namespace gradproof::checks {

struct KinkedNetwork {
    std::string what;
    Network<double> network;
    Matrix<double> X;
    Matrix<double> Y;
};

/// Small whole numbers as weights, inputs and targets, or random ones with zero biases and dead examples, or repeated
/// examples; relu and leaky relu in one to three hidden layers, sometimes beside smooth ones or as the output.
KinkedNetwork kinked_network(std::uint32_t seed);

/// An entry of one of the tensors of Gradients: row and column in dW, db (column 0), dZ or dA of layer l.
struct GradientEntry {
    enum class Of { dW, db, dZ, dA };
    Of of;
    std::size_t l;
    Eigen::Index row;
    Eigen::Index column;
};

void for_each_entry(const KinkedNetwork& kinked, const std::function<void(const GradientEntry&)>& visit);
double value_at(const Gradients<double>& gradients, const GradientEntry& entry);
const Estimate& estimate_at(const NetworkEstimates& estimates, const GradientEntry& entry);
std::string name_of(const GradientEntry& entry);

/// What backpropagation gives if a unit of layer l that lies on a kink in example i takes the slope (1 - c) left +
/// c right with c = convention(l, i).
Gradients<double> backward_with(const KinkedNetwork& kinked,
                                const std::function<double(std::size_t l, Eigen::Index i)>& convention);

/// The derivatives from the left and from the right of the cost, or for dZ and dA of the example's loss.
struct Sides {
    double below;
    double above;
};
Sides sides_of(const KinkedNetwork& kinked, const GradientEntry& entry);

/// The same of the loss of each example over m, without the others.
std::vector<Sides> sides_by_example(const KinkedNetwork& kinked, const GradientEntry& entry);

}  // namespace gradproof::checks
