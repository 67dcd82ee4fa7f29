// SPDX-License-Identifier: MIT
//
// What backpropagation gives for one entry when units lie exactly on a kink, as a function of the convention c: each of
// them takes the slope (1 - c) left + c right, with one c for all. derivations/kinks.md (convention)
#pragma once

#include <optional>
#include <vector>

namespace gradproof::checks {

/// The slopes that a backward pass takes at kinks: (1 - c) left + c right at each of them, or at each the one that the
/// activation or loss declares. At kinks of a loss c counts from the flatter side to the steeper one: a hinge is flat
/// to the right for one label and to the left for the other, and its formula knows only the margin.
struct KinkConvention {
    double c = 0;
    bool as_declared = false;

    bool operator==(const KinkConvention&) const = default;
};

/// A polynomial in c by its values at equally spaced c; its degree is at most the number of layers with units on a
/// kink.
struct KinkConventions {
    std::vector<double> values;  ///< at c = 0, 1/n, ..., 1 with an even n, so that 0, 1/2 and 1 are among them
    double declared = 0;         ///< with the declared slope at each kink
    double lower = 0;  ///< between these lies what backpropagation gives where every layer has a convention of
    double upper = 0;  ///< its own, or rounding alone decides on which side of its kink a unit lies
    /// False if more layers lie on kinks than values can be kept for: then 0, 1/2 and 1 are known and no other c.
    bool is_interpolated = true;

    /// Precondition: is_interpolated, or c is one of the values' own.
    double at(double c) const;

    /// What a convention gives, by the same precondition.
    double at(const KinkConvention& convention) const { return convention.as_declared ? declared : at(convention.c); }

    /// Whether a convention gives `value`, off by at most `error_bar`; false for a c that is not known.
    bool gives(double value, const KinkConvention& convention, double error_bar) const;

    /// The convention whose value is `value`, or is off by at most `error_bar`; 0, 1, 1/2 and what is declared before
    /// other c in [0, 1].
    std::optional<KinkConvention> convention_of(double value, double error_bar) const;

    /// The same with something smooth added to the function.
    KinkConventions shifted_by(double slope) const;
};

}  // namespace gradproof::checks
