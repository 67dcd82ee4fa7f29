// SPDX-License-Identifier: MIT
//
// Reads the formulas that the program prints, as a person would, and computes what they say: the judge of whether a
// printed formula is that of the code. It shares nothing with what prints them.
#pragma once

#include <string>

#include "gradproof/matrix.hpp"

namespace gradproof::checks {

/// What a formula in a and y is there. Throws std::invalid_argument where it cannot be read.
double value_by_formula(const std::string& formula, double a, double y);

/// What "J = 1/m sum over examples of ..., lambda = 0.1, m = 5" is for predictions A and labels Y (n × m) and a network
/// whose weights have this sum of squares. Throws std::invalid_argument where it cannot be read, or names another m.
double cost_by_formula(const std::string& formula, const Matrix<double>& A, const Matrix<double>& Y,
                       double squared_weights);

}  // namespace gradproof::checks
