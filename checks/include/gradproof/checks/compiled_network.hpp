// SPDX-License-Identifier: MIT
//
// The network's functions on double, compiled once in this library instead of in every file that calls them: each holds
// all activations and losses, which makes them the slowest templates of the project.
#pragma once

#include "gradproof/network.hpp"

namespace gradproof {

extern template void check_shapes(const Network<double>&, const Matrix<double>&, const Matrix<double>*);
extern template Matrix<double> activate(const AnyActivation&, const Matrix<double>&);
extern template Matrix<double> pull_back(const AnyActivation&, const Matrix<double>&, const Matrix<double>&);
extern template Cache<double> forward(const Network<double>&, const Matrix<double>&);
extern template Matrix<double> example_losses(const AnyActivation&, const AnyLoss&, const Matrix<double>&,
                                              const Matrix<double>&, const Matrix<double>&);
extern template Matrix<double> example_losses(const Network<double>&, const Cache<double>&, const Matrix<double>&);
extern template double cost(const Network<double>&, const Cache<double>&, const Matrix<double>&);
extern template Matrix<double> loss_derivative(const AnyLoss&, const Matrix<double>&, const Matrix<double>&);
extern template Matrix<double> loss_derivative(const Network<double>&, const Cache<double>&, const Matrix<double>&);
extern template Matrix<double> weight_gradient(const Matrix<double>&, const Matrix<double>&, const Matrix<double>&,
                                               const double&);
extern template Vector<double> bias_gradient(const Matrix<double>&);
extern template Matrix<double> previous_activation_gradient(const Matrix<double>&, const Matrix<double>&);
extern template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&,
                                           OutputRoute);
extern template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&);

}  // namespace gradproof
