// SPDX-License-Identifier: MIT
//
// Proofs that a problem is what its source says: its minimum is the published one, its Jacobian is its residuals'.
#pragma once

#include <string>
#include <vector>

#include "tests/differences/least_squares/problem.hpp"

namespace gradproof::checks {

/// What was looked at, and each thing that is not as it should be, in a line.
struct Proof {
    std::size_t checked = 0;
    std::vector<std::string> faults;
};

/// Whether the sum of squares at each known minimum is the published one.
Proof minima_are_the_published_ones(const LeastSquaresProblem& problem);

/// Whether each entry of the Jacobian, at every point, is right to its last place, by dual numbers.
Proof jacobian_is_right_to_its_last_place(const LeastSquaresProblem& problem);

}  // namespace gradproof::checks
