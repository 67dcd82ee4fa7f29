// SPDX-License-Identifier: MIT
//
// Checks of gradients and Jacobians of any function on Eigen vectors; nothing here knows of networks.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::checks {

using ScalarField = std::function<double(const Eigen::VectorXd&)>;
using VectorField = std::function<Eigen::VectorXd(const Eigen::VectorXd&)>;

/// Compares `gradient`, the claimed gradient of f at x, entry by entry with differences of f.
/// f: R^n -> R, called about 150 times an entry, always near x. Steps are chosen from |x_i| and the noise of f is
/// measured, so no tolerance has to be set. Entries smaller than a thousandth of the largest are judged by the size of
/// the largest. Throws std::invalid_argument if sizes differ or x is empty.
TensorVerdict check_gradient(const ScalarField& f, const Eigen::VectorXd& gradient, const Eigen::VectorXd& x,
                             int required_digits = default_required_digits);

/// The same for the claimed Jacobian of f: R^n -> R^k at x, k × n.
TensorVerdict check_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian, const Eigen::VectorXd& x,
                             int required_digits = default_required_digits);

}  // namespace gradproof::checks
