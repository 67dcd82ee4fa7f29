// SPDX-License-Identifier: MIT
//
// The reader of checks/data/nist: observations, starting points and certified results of NIST's nonlinear regressions.
#pragma once

#include <Eigen/Core>
#include <string_view>

namespace gradproof::checks {

struct NistData {
    Eigen::VectorXd start_1;
    Eigen::VectorXd start_2;
    Eigen::VectorXd certified;
    double residual_sum_of_squares = 0;
    Eigen::VectorXd y;  ///< k
    Eigen::MatrixXd x;  ///< k × predictors
};

/// Reads checks/data/nist/<name>.csv. Throws std::runtime_error naming file and line if it is missing or misformed.
NistData read_nist(std::string_view name);

}  // namespace gradproof::checks
