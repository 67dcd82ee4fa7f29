// SPDX-License-Identifier: MIT
//
// What is claimed of a loss that is no sum over its components, and the columns where it is tried.
#pragma once

#include <functional>
#include <vector>

#include "claims/claim.hpp"
#include "gradproof/any_loss.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {

/// Predictions and labels of one example, n × 1.
struct ColumnPoint {
    Matrix<double> a;
    Matrix<double> y;
};

/// Columns that the loss accepts, of four components: the labels of output_points(), predictions from both ends of the
/// domain beside each other.
std::vector<ColumnPoint> column_points(const LossFacts& loss);

/// The derivative of the loss of one example with respect to its prediction k, by dual numbers.
Dual<double> slope_of_column_loss(const AnyLoss& loss, const Matrix<double>& a, const Matrix<double>& y,
                                  Eigen::Index k);

/// dL/da of one example, n × 1, from its predictions and labels.
using ColumnGradient = std::function<Matrix<double>(const Matrix<double>& a, const Matrix<double>& y)>;

/// The claims that `gradient` is the gradient of a loss of a whole column.
std::vector<Claim> derivative_claims(const AnyLoss& loss, const ColumnGradient& gradient);

}  // namespace gradproof::checks
