// SPDX-License-Identifier: MIT
//
// Exactly on a kink a derivative is a matter of convention: the slope of the unit on the kink may be anything between
// its two one-sided slopes. Where one motion takes several such units to different sides, neither one-sided derivative
// of the loss is what the convention "left slope everywhere" gives. So the interval is widened by the derivatives with
// all of these units on their left branch, and all on their right. derivations/kinks.md
#pragma once

#include <vector>

#include "gradproof/checks/network_probe.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// Widens each estimate that is an interval (an example exactly on a kink) when `row` moves along `direction`: lower
/// and upper then hold both one-sided derivatives and those of either branch. `rounding` is that of each loss (1 × m),
/// `step` so small that nothing else lies within it. The branch a unit is not on is its other branch reflected in the
/// kink, which has the same slope there.
template <Scalar S>
void widen_at_kinks(const RowProbe<S>& probe, const Row& row, const Matrix<S>& direction, const Matrix<S>& rounding,
                    S step, std::vector<Estimate>& estimates);

extern template void widen_at_kinks(const RowProbe<double>&, const Row&, const Matrix<double>&, const Matrix<double>&,
                                    double, std::vector<Estimate>&);
extern template void widen_at_kinks(const RowProbe<long double>&, const Row&, const Matrix<long double>&,
                                    const Matrix<long double>&, long double, std::vector<Estimate>&);

}  // namespace gradproof::checks
