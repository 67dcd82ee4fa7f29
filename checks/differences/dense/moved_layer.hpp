// SPDX-License-Identifier: MIT
#pragma once

#include "differences/dense/lane_forward.hpp"
#include "differences/network/kinked_examples.hpp"
#include "differences/network/roundoff.hpp"

namespace gradproof::checks {

/// One Z[l], or one A[l] with l < L, whose rows are moved, and what is the same for all of them. The probe must outlive
/// this.
struct MovedLayer {
    const RowProbe<double>& probe;
    Row::Of of;
    std::size_t l;
    LaneForward forward;
    Matrix<double> rounding;      ///< of each loss (1 × m)
    double rounding_of_backward;  ///< that of whoever computed the gradient, relative to the sum of its terms
    bool rounding_grows;          ///< with a loss that moves (rounding_grows_with_loss)
    bool with_kinks;              ///< whether the losses may have kinks at all
    KinkedExamples kinked;        ///< those whose losses have kinks exactly here

    MovedLayer(const RowProbe<double>& probe_, Row::Of of_, std::size_t l_);

    RoundingOfLoss<double> rounding_of_loss(Eigen::Index i) const { return {rounding(0, i), rounding_grows}; }
    Row row(Eigen::Index j) const { return {of, l, j}; }
    Eigen::Index examples() const { return probe.Y.cols(); }
};

}  // namespace gradproof::checks
