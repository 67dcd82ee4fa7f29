// SPDX-License-Identifier: MIT
#include "gradproof/array_network.hpp"

#include <stdexcept>
#include <utility>

namespace gradproof {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};

// Rows along the last axis, each a column.
Matrix<double> as_columns(const Array<double>& array) {
    const Eigen::Index n = array.shape().empty() ? 1 : array.shape().back();
    return array.values().reshaped(n, array.size() / std::max<Eigen::Index>(n, 1));
}

Array<double> from_columns(const Matrix<double>& columns, const Shape& shape) {
    return {shape, columns.reshaped()};
}

const AnyActivation* last_activation(const ArrayNetwork& network) {
    return network.steps.empty() ? nullptr : std::get_if<AnyActivation>(&network.steps.back());
}

Array<double> given_by(const ArrayNetwork& network, std::size_t s, const Array<double>& flowing) {
    return std::visit(Overloaded{[&](const AnyLayer& layer) {
                                     const Arrays<double> inputs = inputs_of(network, s, flowing);
                                     layer.require_shapes(shapes_of(inputs));
                                     Arrays<double> outputs = layer.forward(inputs);
                                     if (outputs.size() != 1)
                                         throw std::invalid_argument(layer.facts().name +
                                                                     " has more than one output, and no place in a "
                                                                     "network of one step after the other");
                                     return std::move(outputs.front());
                                 },
                                 [&](const AnyActivation& g) {
                                     return from_columns(activate(g, as_columns(flowing)), flowing.shape());
                                 }},
                      network.steps[s]);
}

}  // namespace

std::string name_of(const NetworkStep& step) {
    return std::visit([](const auto& one) { return std::string(one.facts().name); }, step);
}

std::size_t flowing_input(const AnyLayer& layer) {
    const auto& inputs = layer.facts().inputs;
    for (std::size_t n = 0; n < inputs.size(); ++n)
        if (inputs[n].kind == InputKind::index) return n;
    return 0;
}

Arrays<double> inputs_of(const ArrayNetwork& network, std::size_t s, const Array<double>& flowing) {
    Arrays<double> inputs = network.own[s];
    inputs[flowing_input(std::get<AnyLayer>(network.steps[s]))] = flowing;
    return inputs;
}

ArrayCache forward(const ArrayNetwork& network, const Array<double>& X) {
    ArrayCache cache{.values = {X}};
    for (std::size_t s = 0; s < network.steps.size(); ++s) {
        try {
            cache.values.push_back(given_by(network, s, cache.values.back()));
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument("step " + std::to_string(s + 1) + ", " + error.what());
        }
    }
    return cache;
}

double cost(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const Matrix<double> A = as_columns(cache.values.back());
    const AnyActivation* const g = last_activation(network);
    const Matrix<double> losses =
        g ? example_losses(*g, network.loss, as_columns(cache.values[cache.values.size() - 2]), A, as_columns(Y))
          : example_losses(network.loss, A, as_columns(Y));
    return losses.sum() / static_cast<double>(losses.cols());
}

OutputDerivative output_derivative(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const Array<double>& A = cache.values.back();
    const Matrix<double> columns = as_columns(A);
    const auto N = static_cast<double>(columns.cols());
    const AnyActivation* const g = last_activation(network);
    if (g && is_canonical_pair(*g, network.loss)) return {from_columns((columns - as_columns(Y)) / N, A.shape()), true};
    return {from_columns(loss_derivative(network.loss, columns, as_columns(Y)) / N, A.shape()), false};
}

Arrays<double> pull_back(const ArrayNetwork& network, std::size_t s, const ArrayCache& cache, const Array<double>& d) {
    const Array<double>& flowing = cache.values[s];
    return std::visit(
        Overloaded{[&](const AnyLayer& layer) { return layer.pull_back(inputs_of(network, s, flowing), {d}); },
                   [&](const AnyActivation& g) {
                       return Arrays<double>{
                           from_columns(pull_back(g, as_columns(flowing), as_columns(d)), flowing.shape())};
                   }},
        network.steps[s]);
}

ArrayGradients backward(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const std::size_t S = network.steps.size();
    ArrayGradients gradients{.values = std::vector<Array<double>>(S + 1), .own = std::vector<Arrays<double>>(S)};
    auto [d, begins_before_activation] = output_derivative(network, cache, Y);
    std::size_t s = S;
    if (begins_before_activation) --s;
    gradients.values[s] = d;
    while (s-- > 0) {
        Arrays<double> d_inputs = pull_back(network, s, cache, gradients.values[s + 1]);
        const auto* const layer = std::get_if<AnyLayer>(&network.steps[s]);
        gradients.values[s] = d_inputs[layer ? flowing_input(*layer) : 0];
        if (layer) gradients.own[s] = std::move(d_inputs);
    }
    return gradients;
}

}  // namespace gradproof
