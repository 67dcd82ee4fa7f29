// SPDX-License-Identifier: MIT
//
// Second derivatives. The product of the cost's Hessian with a direction is the derivative of the gradient along it.
// The library's backward pass, run on dual numbers, gives it exactly (forward over reverse); differences of the
// backward pass in doubles confirm it, entry by entry. That the two agree says that the gradient is the gradient of one
// function and that g'' is the derivative of g': a formula for g' that is right at the point alone would show here.
// derivations/finite_differences.md
#pragma once

#include <vector>

#include "gradproof/checks/compiled_network.hpp"
#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::checks {

/// A direction in all parameters, and what the Hessian makes of it, indexed by layer (entry 0 is empty).
struct ParameterTensors {
    std::vector<Matrix<double>> W;
    std::vector<Vector<double>> b;
};

/// Hessian times direction by the backward pass on dual numbers. Throws std::invalid_argument if shapes do not fit.
ParameterTensors hessian_times(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                               const ParameterTensors& direction);

/// Compares `product`, claimed to be the Hessian times `direction`, entry by entry with extrapolated differences of the
/// analytic gradient. Throws std::invalid_argument if shapes do not fit.
std::vector<TensorVerdict> check_hessian_times(const Network<double>& network, const Matrix<double>& X,
                                               const Matrix<double>& Y, const ParameterTensors& direction,
                                               const ParameterTensors& product,
                                               int required_digits = default_required_digits);

/// Signs drawn from `seed`, the same everywhere.
ParameterTensors random_direction(const Network<double>& network, std::uint32_t seed);

}  // namespace gradproof::checks
