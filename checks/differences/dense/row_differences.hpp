// SPDX-License-Identifier: MIT
//
// The derivative of every example's loss when one row of Z[l] or A[l] moves along a direction: central differences with
// three steps, extrapolated; where a kink lies within the step a shorter or a one-sided one; exactly on a kink both
// one-sided derivatives. In any ordered floating-point scalar. derivations/finite_differences.md
#pragma once

#include <memory>
#include <vector>

#include "differences/network/network_probe.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The losses (1 × m) with `change` (1 × m) added to the row.
template <Scalar S>
Matrix<S> losses_at(const RowProbe<S>& probe, const Row& row, const Matrix<S>& change,
                    std::vector<Crossing>* crossings = nullptr) {
    return row.of == Row::Of::pre_activation ? probe.losses_with_Z(row.l, row.j, change, crossings)
                                             : probe.losses_with_A(row.l, row.j, change, crossings);
}

/// The probe with what it needs for every row of the same layer.
template <Scalar S>
struct RowDifferences {
    std::shared_ptr<const RowProbe<S>> probe;
    Row::Of of;
    std::size_t l;
    S first_step;         ///< in units of the distance over which the losses are smooth
    bool rounding_grows;  ///< with a loss that moves (rounding_grows_with_loss)
    Matrix<S> rounding;   ///< of each loss (1 × m)
    Matrix<S> unmoved;    ///< the losses of the unchanged pass, evaluated the same way (1 × m)

    RowDifferences(std::shared_ptr<const RowProbe<S>> probe_, Row::Of of_, std::size_t l_);

    /// The same for some of the examples.
    RowDifferences restricted_to(const std::vector<Eigen::Index>& examples) const;

    /// The derivative of each loss when row j moves by h · direction (1 × m), at h = 0. An example whose kinks leave no
    /// room for a step has an infinite error bar; one that does not move has the estimate 0 with scale 0.
    std::vector<Estimate> along(Eigen::Index j, const Matrix<S>& direction) const;
};

extern template struct RowDifferences<double>;
extern template struct RowDifferences<long double>;

}  // namespace gradproof::checks
