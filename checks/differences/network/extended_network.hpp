// SPDX-License-Identifier: MIT
//
// The functions of a forward pass with a 64-bit mantissa, compiled once as those on double are (compiled_network.hpp).
#pragma once

#include "gradproof/checks/compiled_network.hpp"

namespace gradproof {

extern template void check_shapes(const Network<long double>&, const Matrix<long double>&, const Matrix<long double>*);
extern template Matrix<long double> activate(const AnyActivation&, const Matrix<long double>&);
extern template Cache<long double> forward(const Network<long double>&, const Matrix<long double>&);
extern template Matrix<long double> example_losses(const Network<long double>&, const Cache<long double>&,
                                                   const Matrix<long double>&);

}  // namespace gradproof
