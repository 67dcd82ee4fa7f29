// SPDX-License-Identifier: MIT
#include "gradproof/array_network.hpp"

#include <stdexcept>
#include <utility>

namespace gradproof {
namespace {

using detail::as_columns;
using detail::from_columns;

const AnyActivation* last_activation(const ArrayNetwork& network) {
    return network.steps.empty() ? nullptr : std::get_if<AnyActivation>(&network.steps.back());
}

double squared_weights(const ArrayNetwork& network) {
    double sum = 0;
    for (std::size_t s = 0; s < network.steps.size(); ++s)
        for (std::size_t n = 0; n < network.own[s].size(); ++n)
            if (is_weight(std::get<AnyLayer>(network.steps[s]).facts().inputs[n]))
                sum += network.own[s][n].values().squaredNorm();
    return sum;
}

Array<double> loss_derivative_in_output(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const Array<double>& A = cache.values.back();
    const Matrix<double> dA = loss_derivative(network.loss, as_columns(A), as_columns(Y));
    return from_columns<double>(dA * network.factor / static_cast<double>(dA.cols()), A.shape());
}

}  // namespace

bool is_weight(const LayerInput& input) {
    return input.kind == InputKind::variable && input.name.starts_with('W');
}

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
            cache.values.push_back(detail::given_by(network.steps[s], cache.values.back(), network.own[s]));
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument("step " + std::to_string(s + 1) + ", " + error.what());
        }
    }
    return cache;
}

double cost(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const Array<double>* const Z = network.steps.empty() ? nullptr : &cache.values[cache.values.size() - 2];
    const double loss = detail::loss_of_last(network, Z, cache.values.back(), Y);
    const auto N = static_cast<double>(as_columns(Y).cols());
    return network.lambda == 0 ? loss : loss + network.lambda / (2 * N) * squared_weights(network);
}

OutputDerivative output_derivative(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const AnyActivation* const g = last_activation(network);
    if (!g || !is_canonical_pair(*g, network.loss)) return {loss_derivative_in_output(network, cache, Y), false};
    const Array<double>& A = cache.values.back();
    const Matrix<double> difference = as_columns(A) - as_columns(Y);
    return {from_columns<double>(difference * network.factor / static_cast<double>(difference.cols()), A.shape()),
            true};
}

Arrays<double> pull_back(const ArrayNetwork& network, std::size_t s, const ArrayCache& cache, const Array<double>& d) {
    const Array<double>& flowing = cache.values[s];
    if (const auto* const layer = std::get_if<AnyLayer>(&network.steps[s]))
        return layer->pull_back(inputs_of(network, s, flowing), {d});
    const auto& g = std::get<AnyActivation>(network.steps[s]);
    return {from_columns(pull_back(g, as_columns(flowing), as_columns(d)), flowing.shape())};
}

Array<double> regularisation(const ArrayNetwork& network, std::size_t s, std::size_t input, Eigen::Index N) {
    Array<double> derivative = network.own[s][input];
    const bool is_in_cost = is_weight(std::get<AnyLayer>(network.steps[s]).facts().inputs[input]);
    derivative.values() *= is_in_cost ? network.lambda / static_cast<double>(N) : 0;
    return derivative;
}

void pass_on(const ArrayNetwork& network, std::size_t s, Arrays<double> d_inputs, Eigen::Index N,
             ArrayGradients& gradients) {
    const auto* const layer = std::get_if<AnyLayer>(&network.steps[s]);
    gradients.values[s] = d_inputs[layer ? flowing_input(*layer) : 0];
    if (!layer) return;
    for (std::size_t n = 0; n < d_inputs.size() && network.lambda != 0; ++n)
        if (n != flowing_input(*layer)) d_inputs[n].values() += regularisation(network, s, n, N).values();
    gradients.own[s] = std::move(d_inputs);
}

ArrayGradients backward(const ArrayNetwork& network, const ArrayCache& cache, const Array<double>& Y) {
    const std::size_t S = network.steps.size();
    ArrayGradients gradients{.values = std::vector<Array<double>>(S + 1), .own = std::vector<Arrays<double>>(S)};
    gradients.values[S] = loss_derivative_in_output(network, cache, Y);
    auto [d, begins_before_activation] = output_derivative(network, cache, Y);
    std::size_t s = begins_before_activation ? S - 1 : S;
    gradients.values[s] = d;
    while (s-- > 0)
        pass_on(network, s, pull_back(network, s, cache, gradients.values[s + 1]), as_columns(Y).cols(), gradients);
    return gradients;
}

}  // namespace gradproof
