// SPDX-License-Identifier: MIT
//
// A network of layers of arrays and activations, one after the other, with a loss at the end. Examples lie along the
// first axis; the cost is the mean of the losses of the examples.
// derivations/network.md
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "gradproof/any_activation.hpp"
#include "gradproof/any_layer.hpp"
#include "gradproof/any_loss.hpp"

namespace gradproof {

/// A layer, or an activation: of each number, or of each row where it looks at all its outputs.
using NetworkStep = std::variant<AnyLayer, AnyActivation>;

/// "conv2d(stride=2)", "relu"
std::string name_of(const NetworkStep& step);

/// Which of a layer's inputs is what the step before gave: its indices if it has any, or the first.
std::size_t flowing_input(const AnyLayer& layer);

struct ArrayNetwork {
    std::vector<NetworkStep> steps;
    AnyLoss loss;
    /// For each step the inputs of its layer but the flowing one, whose place is empty; none for an activation.
    std::vector<Arrays<double>> own;
};

/// What a network gives: `values[0]` is X, `values[s]` what step s gave, counted from 1.
struct ArrayCache {
    std::vector<Array<double>> values;
};

/// The derivatives of the cost: `values[s]` in the values of the cache, `own[s]` in a step's own inputs, as
/// ArrayNetwork::own has them.
struct ArrayGradients {
    std::vector<Array<double>> values;
    std::vector<Arrays<double>> own;
};

/// The inputs of step `s` (from 0), if it is a layer, with `flowing` among them.
Arrays<double> inputs_of(const ArrayNetwork& network, std::size_t s, const Array<double>& flowing);

/// Throws std::invalid_argument, which names the step, if a shape does not fit or a layer has not one output.
ArrayCache forward(const ArrayNetwork& network, const Array<double>& X);

/// The mean loss of the examples. Labels Y are N x K, as the last values are.
double cost(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y);

/// The derivative of the cost in the last values, or before the last activation where dZ = A - Y holds: then
/// `begins_before_activation` is set and it is (A - Y)/N.
struct OutputDerivative {
    Array<double> d;
    bool begins_before_activation;
};
OutputDerivative output_derivative(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y);

/// One step backwards: the derivatives in all inputs of step `s` (from 0), in an activation's only one, from the
/// derivative in what it gave.
Arrays<double> pull_back(const ArrayNetwork& network, std::size_t s, const ArrayCache& cache, const Array<double>& d);

/// Backpropagation from the loss to X. Precondition: the cache is forward()'s.
ArrayGradients backward(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y);

}  // namespace gradproof
