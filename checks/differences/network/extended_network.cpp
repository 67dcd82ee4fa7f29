// SPDX-License-Identifier: MIT
#include "differences/network/extended_network.hpp"

namespace gradproof {

template void check_shapes(const Network<long double>&, const Matrix<long double>&, const Matrix<long double>*);
template Matrix<long double> activate(const AnyActivation&, const Matrix<long double>&);
template Cache<long double> forward(const Network<long double>&, const Matrix<long double>&);
template Matrix<long double> example_losses(const Network<long double>&, const Cache<long double>&,
                                            const Matrix<long double>&);

}  // namespace gradproof
