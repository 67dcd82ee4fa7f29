// SPDX-License-Identifier: MIT
//
// What a layer is: a function of an array, with parameters or without, and its pull-back, the transposed Jacobian times
// an upstream derivative. A layer F brings
//
//     name                         its slug
//     forward(input)               the output
//     pull_back(input, d_output)   from the derivative of a number with respect to the output, those with respect to
//     the
//                                  input and to the parameters
//     visit_parameters(visit)      calls visit(name, array) for each parameter
//
// The derivatives of the parameters come as a layer of the same type: the derivative of W stands where W stands.
// Nothing is divided by the number of examples; who wants the derivative of a mean passes the derivative of a mean.
#pragma once

#include <concepts>
#include <string_view>

#include "gradproof/matrix.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

/// What a pull-back gives.
template <class F, Scalar S>
struct PulledBack {
    Matrix<S> d_input;
    F d_parameters;
};

template <class F, class S = double>
concept Layer = requires(const F& f, const Matrix<S>& input, const Matrix<S>& d_output) {
    { f.name } -> std::convertible_to<std::string_view>;
    { f.forward(input) } -> std::same_as<Matrix<S>>;
    { f.pull_back(input, d_output) } -> std::same_as<PulledBack<F, S>>;
    f.visit_parameters([](std::string_view, const auto&) {});
};

}  // namespace gradproof
