// SPDX-License-Identifier: MIT
//
// What backpropagation gives for one entry when units lie exactly on a kink, as a function of the convention c: each of
// them takes the slope (1 - c) left + c right, with one c for all. derivations/kinks.md
#pragma once

#include <optional>
#include <vector>

namespace gradproof::checks {

/// A polynomial in c by its values at equally spaced c; its degree is the number of layers with units on a kink.
struct KinkConventions {
    std::vector<double> values;  ///< at c = 0, 1/n, ..., 1; at least two
    double lower = 0;            ///< the least and the largest value where every layer has a convention of its own,
    double upper = 0;            ///< each with its own c in [0, 1]

    double at(double c) const;

    /// The c in [0, 1] whose value is `value`, or is off by at most `error_bar`; 0, 1/2 and 1 before others.
    std::optional<double> convention_of(double value, double error_bar) const;
};

}  // namespace gradproof::checks
