// SPDX-License-Identifier: MIT
//
// Whether entries of a gradient that stand at kinks fit together. Each may lie between its own one-sided derivatives
// and all of them be no subgradient: at a tie of max(x, y) both entries may be anything from 0 to 1, but together they
// are 1. Along any direction the gradient's slope must lie between the one-sided derivatives too. derivations/kinks.md
#pragma once

#include <vector>

#include "gradproof/checks/gradient.hpp"

namespace gradproof::checks {

/// The rows of the Jacobian whose entries at kinks, two or more, contradict the function along a direction: all of
/// them moved together, as the row itself points, or two at a time. `at_x` is f(x).
std::vector<Eigen::Index> rows_without_subgradient(const VectorField& f, const Eigen::MatrixXd& jacobian,
                                                   const Eigen::VectorXd& x, const Eigen::VectorXd& at_x,
                                                   const TensorEstimate& estimates);

}  // namespace gradproof::checks
