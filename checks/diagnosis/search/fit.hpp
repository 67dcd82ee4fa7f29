// SPDX-License-Identifier: MIT
//
// Whether a wrong formula gives somebody's numbers: to rounding, and for a formula with an unknown θ, with one θ for
// all of them.
#pragma once

#include <optional>
#include <vector>

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// What a formula says about one tensor, and what the user has there. `direction` is empty without θ.
struct Prediction {
    Tensor yours;
    Tensor value;
    Tensor direction;
    Tensor rounding;         ///< of the right computation on these inputs, entry by entry
    double right_magnitude;  ///< largest entry of the right value, to scale the rounding of larger numbers
};

struct Fit {
    std::optional<double> parameter;
    double residual;  ///< largest deviation relative to the largest entry
};

/// A fit if every entry of every tensor is reproduced within rounding. θ is taken from the numbers by least squares; it
/// must not be one of `excluded`, and must be seen in two entries or be a simple number, because one entry alone can be
/// made to fit by some θ always. `m` is the number of examples.
std::optional<Fit> fit(const std::vector<Prediction>& predictions, const std::vector<double>& excluded, double m,
                       double unit_roundoff);

/// Whether x is a fraction of small whole numbers, possibly times m or 1/m, or a short decimal: what people type.
bool is_simple_number(double x, double m);

}  // namespace gradproof::diagnosis
