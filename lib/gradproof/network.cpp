// SPDX-License-Identifier: MIT
#include "gradproof/network.hpp"

namespace gradproof {

template struct Dense<double>;
template struct Dense<long double>;

template void check_shapes(const Network<double>&, const Matrix<double>&, const Matrix<double>*);
template Cache<double> forward_from(const Network<double>&, Matrix<double>);
template Cache<double> forward(const Network<double>&, const Matrix<double>&);
template Matrix<double> example_losses(const Network<double>&, const Cache<double>&, const Matrix<double>&);
template double cost(const Network<double>&, const Cache<double>&, const Matrix<double>&);
template Matrix<double> weight_gradient(const Matrix<double>&, const Matrix<double>&, const Matrix<double>&,
                                        const double&);
template Vector<double> bias_gradient(const Matrix<double>&);
template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&, OutputRoute);
template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&);
template void check_shapes(const Network<long double>&, const Matrix<long double>&, const Matrix<long double>*);
template Cache<long double> forward_from(const Network<long double>&, Matrix<long double>);
template Cache<long double> forward(const Network<long double>&, const Matrix<long double>&);
template Matrix<long double> example_losses(const Network<long double>&, const Cache<long double>&,
                                            const Matrix<long double>&);

}  // namespace gradproof
