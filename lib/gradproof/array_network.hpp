// SPDX-License-Identifier: MIT
//
// A network of layers of arrays and activations, one after the other, with a loss at the end. Examples lie along the
// first axis. The cost J is the mean of the losses of the examples, times a factor, with an L2 term.
// derivations/network.md
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
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
    double factor = 1;  ///< how often J has the mean loss
    double lambda = 0;  ///< J has lambda/(2N) times the sum of the squares of all weights
};

/// Whether the L2 term has its square: that of every W, of biases, gamma and beta not.
bool is_weight(const LayerInput& input);

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

/// J. Labels Y are N x K, as the last values are. Precondition: the cache is forward()'s.
double cost(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y);

/// The factor times the mean loss if step `s`, counted from 0, takes `value` and its own inputs are `own`, whatever
/// came before it; that of the loss alone if no step is left. Throws std::invalid_argument if something does not run on
/// S.
template <Scalar S>
S loss_from(const ArrayNetwork& network, std::size_t s, const Array<S>& value, const Arrays<S>& own,
            const Array<double>& Y);

/// The derivative of the cost in the last values, or before the last activation where dZ = A - Y holds: then
/// `begins_before_activation` is set and it is the factor times (A - Y)/N.
struct OutputDerivative {
    Array<double> d;
    bool begins_before_activation;
};
OutputDerivative output_derivative(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y);

/// One step backwards: the derivatives in all inputs of step `s` (from 0), in an activation's only one, from the
/// derivative in what it gave.
Arrays<double> pull_back(const ArrayNetwork& network, std::size_t s, const ArrayCache& cache, const Array<double>& d);

/// The derivative of the L2 term in an input of step `s`: lambda/N times it, or 0.
Array<double> regularisation(const ArrayNetwork& network, std::size_t s, std::size_t input, Eigen::Index N);

/// Enters what step `s` gave for its inputs, without the L2 term, which is added: the flowing one's derivative is that
/// of the value before it, the others are its own. N is the number of examples.
void pass_on(const ArrayNetwork& network, std::size_t s, Arrays<double> d_inputs, Eigen::Index N,
             ArrayGradients& gradients);

/// Backpropagation from the loss to X. Precondition: the cache is forward()'s.
ArrayGradients backward(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y);

namespace detail {

// Rows along the last axis, each a column.
template <Scalar S>
Matrix<S> as_columns(const Array<S>& array) {
    const Eigen::Index n = array.shape().empty() ? 1 : array.shape().back();
    return array.values().reshaped(n, array.size() / std::max<Eigen::Index>(n, 1));
}
template <Scalar S>
Array<S> from_columns(const Matrix<S>& columns, const Shape& shape) {
    return {shape, columns.reshaped()};
}

template <Scalar S>
Array<S> given_by(const NetworkStep& step, const Array<S>& flowing, Arrays<S> own) {
    if (const auto* const g = std::get_if<AnyActivation>(&step))
        return from_columns(activate(*g, as_columns(flowing)), flowing.shape());
    const auto& layer = std::get<AnyLayer>(step);
    own[flowing_input(layer)] = flowing;
    layer.require_shapes(shapes_of(own));
    Arrays<S> outputs = layer.forward(own);
    if (outputs.size() != 1)
        throw std::invalid_argument(
            name_of(step) + " has more than one output, and no place in a network of one step " + "after the other");
    return std::move(outputs.front());
}

// Of the last values A, and the Z before the last activation if it is known: some losses keep more digits with it.
template <Scalar S>
S loss_of_last(const ArrayNetwork& network, const Array<S>* Z, const Array<S>& A, const Array<double>& Y) {
    const Matrix<S> labels = as_columns(cast<S>(Y));
    const auto* const g = network.steps.empty() ? nullptr : std::get_if<AnyActivation>(&network.steps.back());
    const Matrix<S> losses = g && Z ? example_losses(*g, network.loss, as_columns(*Z), as_columns(A), labels)
                                    : example_losses(network.loss, as_columns(A), labels);
    return S(network.factor / static_cast<double>(losses.cols())) * losses.sum();
}

}  // namespace detail

template <Scalar S>
S loss_from(const ArrayNetwork& network, std::size_t s, const Array<S>& value, const Arrays<S>& own,
            const Array<double>& Y) {
    if (s == network.steps.size()) return detail::loss_of_last<S>(network, nullptr, value, Y);
    Array<S> before = value;
    Arrays<S> of_step = own;
    for (; s + 1 < network.steps.size(); ++s) {
        before = detail::given_by(network.steps[s], before, std::move(of_step));
        of_step.clear();
        for (const Array<double>& one : network.own[s + 1]) of_step.push_back(cast<S>(one));
    }
    return detail::loss_of_last<S>(network, &before, detail::given_by(network.steps[s], before, std::move(of_step)), Y);
}

}  // namespace gradproof
