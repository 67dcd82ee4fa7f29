// SPDX-License-Identifier: MIT
//
// What backpropagation gives for one entry when units lie exactly on a kink, as a function of the convention c: each of
// them takes the slope (1 - c) left + c right, with one c for all. derivations/kinks.md (convention)
#pragma once

#include <optional>
#include <vector>

namespace gradproof::checks {

/// A polynomial in c by its values at equally spaced c; its degree is at most the number of layers with units on a
/// kink.
struct KinkConventions {
    std::vector<double> values;  ///< at c = 0, 1/n, ..., 1 with an even n, so that 0, 1/2 and 1 are among them
    double lower = 0;  ///< between these lies what backpropagation gives where every layer has a convention of
    double upper = 0;  ///< its own, or rounding alone decides on which side of its kink a unit lies
    /// False if more layers lie on kinks than values can be kept for: then 0, 1/2 and 1 are known and no other c.
    bool is_interpolated = true;

    /// Precondition: is_interpolated, or c is one of the values' own.
    double at(double c) const;

    /// Whether c gives `value`, off by at most `error_bar`; false for a c that is not known.
    bool gives(double value, double c, double error_bar) const;

    /// The c in [0, 1] whose value is `value`, or is off by at most `error_bar`; 0, 1 and 1/2 before others.
    std::optional<double> convention_of(double value, double error_bar) const;

    /// The same with something smooth added to the function.
    KinkConventions shifted_by(double slope) const;
};

}  // namespace gradproof::checks
