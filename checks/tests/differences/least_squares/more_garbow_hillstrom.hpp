// SPDX-License-Identifier: MIT
//
// The 35 problems of J. J. Moré, B. S. Garbow, K. E. Hillstrom, Testing unconstrained optimization software, ACM
// Transactions on Mathematical Software 7 (1981) 17-41, by their number there and grouped by how many parameters.
#pragma once

#include "tests/differences/least_squares/problem.hpp"

namespace gradproof::checks {

std::vector<NamedProblem> two_parameter_problems();             ///< 1 to 6
std::vector<NamedProblem> three_parameter_problems();           ///< 7 to 12
std::vector<NamedProblem> four_parameter_problems();            ///< 13 to 16
std::vector<NamedProblem> five_to_eleven_parameter_problems();  ///< 17 to 19
std::vector<NamedProblem> repeated_problems();                  ///< 20 to 22, any number of parameters
std::vector<NamedProblem> penalised_problems();                 ///< 23 to 25, any number of parameters
std::vector<NamedProblem> systems_of_equations();               ///< 26, 27, 30, 31, as many equations as parameters
std::vector<NamedProblem> discretised_equations();              ///< 28 and 29, as many equations as parameters
std::vector<NamedProblem> linear_and_chebyshev_problems();      ///< 32 to 35

/// All of them, lower-case names.
std::vector<NamedProblem> more_garbow_hillstrom_problems();

/// The minimiser with a sum of squares published to six digits, which the paper cuts or rounds; 0 is exact. Its
/// coordinates are given here to 13 digits.
Point minimiser(Eigen::VectorXd x, double sum_of_squares);

/// x0, 10 x0 and 100 x0, each once, and the minimiser.
std::vector<Point> standard_points(const Eigen::VectorXd& x0, Point minimiser);

}  // namespace gradproof::checks
