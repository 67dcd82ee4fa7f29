// SPDX-License-Identifier: MIT
//
// The groups of numbers that batch, layer, RMS and group normalisation each normalise by themselves, and their
// derivatives as backward code puts them together: a column of x is a group of batch normalisation, a row one of layer
// and RMS normalisation.
#pragma once

#include <functional>

#include "differences/layer_point.hpp"

namespace gradproof::diagnosis {

struct NormalisedGroup {
    Vector<double> x_hat;
    Vector<double> dy;
    Vector<double> gamma;  ///< the factor of each number of the group
    double variance;       ///< of RMS normalisation the mean of the squares
    double eps;
    double degrees;          ///< what the sum of the squares was divided by
    bool is_centred = true;  ///< whether the mean was subtracted

    double scale() const;
    Vector<double> dx_hat() const { return dy.cwiseProduct(gamma); }
    /// What reaches each number through the mean, 0 if none was subtracted.
    double mean_path() const { return is_centred ? dx_hat().mean() : 0; }
    /// What reaches each number through the variance.
    Vector<double> variance_path() const { return x_hat * (x_hat.dot(dx_hat()) / degrees); }
};

/// The layer's derivatives with dx as `dx_of` has it, group by group. Precondition: the layer is one of the four.
Arrays<double> with_dx_of_groups(const checks::LayerPoint& point,
                                 const std::function<Vector<double>(const NormalisedGroup&)>& dx_of);

/// Of group normalisation.
Eigen::Index groups_of(const AnyLayer& layer);

}  // namespace gradproof::diagnosis
