// SPDX-License-Identifier: MIT
//
// What the derivatives in Z[l] say of those in A[l - 1]: an entry of A[l - 1] moves each unit of Z[l] by its weight, so
// where no kink is met, its derivative is the sum over the units, each times its weight. The estimates of one layer
// serve every row of the layer below. derivations/finite_differences.md (units)
#pragma once

#include <vector>

#include "gradproof/checks/tensor_verdict.hpp"
#include "gradproof/matrix.hpp"

namespace gradproof::checks {

class SumsOverUnits {
  public:
    /// `W` is W[l], `dZ` the estimates of dZ[l]. W must outlive this.
    SumsOverUnits(const Matrix<double>& W, const TensorEstimate& dZ);

    /// The derivatives of the losses of `count` examples from `first` on in row k of A[l - 1]. The error bar is
    /// infinite where they are no sum, because a unit shows a kink, and where nothing is known of a unit. The scale is
    /// the size of the sum, not of its terms: of a sum that cancels the bar is wide.
    std::vector<Estimate> of_row(Eigen::Index k, Eigen::Index first, Eigen::Index count) const;

  private:
    bool moves(Eigen::Index k, Eigen::Index i) const;

    const Matrix<double>* W_;
    Matrix<double> values_;  // n_l × m, as are the others
    Matrix<double> error_bars_;
    Matrix<double> scales_;
    std::vector<Method> methods_;  // of each example, the last resort that one of its units needed
};

}  // namespace gradproof::checks
