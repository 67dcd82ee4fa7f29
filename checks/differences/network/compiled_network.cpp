// SPDX-License-Identifier: MIT
#include "gradproof/checks/compiled_network.hpp"

namespace gradproof {

template void check_shapes(const Network<double>&, const Matrix<double>&, const Matrix<double>*);
template Matrix<double> activate(const AnyActivation&, const Matrix<double>&);
template Matrix<double> pull_back(const AnyActivation&, const Matrix<double>&, const Matrix<double>&);
template Cache<double> forward(const Network<double>&, const Matrix<double>&);
template Matrix<double> example_losses(const AnyActivation&, const AnyLoss&, const Matrix<double>&,
                                       const Matrix<double>&, const Matrix<double>&);
template Matrix<double> example_losses(const Network<double>&, const Cache<double>&, const Matrix<double>&);
template double cost(const Network<double>&, const Cache<double>&, const Matrix<double>&);
template Matrix<double> loss_derivative(const AnyLoss&, const Matrix<double>&, const Matrix<double>&);
template Matrix<double> loss_derivative(const Network<double>&, const Cache<double>&, const Matrix<double>&);
template Matrix<double> weight_gradient(const Matrix<double>&, const Matrix<double>&, const Matrix<double>&,
                                        const double&);
template Vector<double> bias_gradient(const Matrix<double>&);
template Matrix<double> previous_activation_gradient(const Matrix<double>&, const Matrix<double>&);
template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&, OutputRoute);
template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&);

}  // namespace gradproof
