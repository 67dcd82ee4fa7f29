// SPDX-License-Identifier: MIT
//
// The check of one layer's pull-back by itself, with the upstream derivative given.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradproof/checks/gradient.hpp"
#include "gradproof/layer.hpp"

namespace gradproof::checks {

/// Compares `derivative`, claimed of the number f(at), entry by entry with differences of f; both are matrices of one
/// shape. Otherwise as check_gradient().
[[nodiscard]] TensorVerdict check_derivative(std::string name, const std::function<double(const Matrix<double>&)>& f,
                                             const Matrix<double>& derivative, const Matrix<double>& at);

/// Compares what `layer` pulls back to its input and to each of its parameters, from `d_output` at the output, entry by
/// entry with differences of the sum of d_output ⊙ forward(input). The verdicts are called "d_input" and by the
/// parameter, "dW". Throws std::invalid_argument if d_output has not the shape of the output; passes on what the layer
/// throws.
template <Layer F>
[[nodiscard]] std::vector<TensorVerdict> check_layer(const F& layer, const Matrix<double>& input,
                                                     const Matrix<double>& d_output);

namespace detail {

void require_shape_of_output(const Matrix<double>& output, const Matrix<double>& d_output);

}  // namespace detail

template <Layer F>
std::vector<TensorVerdict> check_layer(const F& layer, const Matrix<double>& input, const Matrix<double>& d_output) {
    const auto number = [&d_output](const F& with, const Matrix<double>& at) {
        return with.forward(at).cwiseProduct(d_output).sum();
    };
    detail::require_shape_of_output(layer.forward(input), d_output);
    const PulledBack<F, double> pulled = layer.pull_back(input, d_output);
    std::vector<TensorVerdict> verdicts{check_derivative(
        "d_input", [&](const Matrix<double>& moved) { return number(layer, moved); }, pulled.d_input, input)};
    std::vector<Matrix<double>> derivatives;
    pulled.d_parameters.visit_parameters(
        [&](std::string_view, const auto& derivative) { derivatives.emplace_back(derivative); });
    std::size_t n = 0;
    layer.visit_parameters([&](std::string_view name, const auto& at) {
        const auto with_parameter_moved = [&, this_one = n](const Matrix<double>& moved) {
            F with = layer;
            std::size_t k = 0;
            with.visit_parameters([&](std::string_view, auto& array) {
                if (k++ == this_one) array = moved;
            });
            return number(with, input);
        };
        verdicts.push_back(check_derivative("d" + std::string(name), with_parameter_moved, derivatives.at(n++), at));
    });
    return verdicts;
}

}  // namespace gradproof::checks
