// SPDX-License-Identifier: MIT
//
// How far rounding can have moved the losses of a forward pass, layer by layer: the part of every error bar that a
// smaller step makes worse. derivations/finite_differences.md (rounding)
#pragma once

#include <cmath>

#include "differences/network/network_probe.hpp"

namespace gradproof::checks {

/// A bound on the rounding error of each loss (1 × m) when the pass starts at layer l with Z[l] rounded once (l >= 1),
/// or, for l = L + 1, when the loss is taken from A[L]. Errors spread by how the functions themselves answer to a shift
/// of that size, so no derivative is used; products add (n + 2) units of roundoff of |W||A| + |b|.
template <Scalar S>
Matrix<S> rounding_of_losses(const RowProbe<S>& probe, std::size_t l);

extern template Matrix<double> rounding_of_losses(const RowProbe<double>&, std::size_t);
extern template Matrix<long double> rounding_of_losses(const RowProbe<long double>&, std::size_t);

/// Whether the rounding of a loss grows with the loss, because it is taken from a prediction near a pole.
template <class S>
bool rounding_grows_with_loss(const Network<S>& network) {
    const double edge = network.loss.facts().prediction_domain.upper;
    return std::isfinite(edge) && !is_canonical_pair(network.layers.back().activation, network.loss);
}

/// What anybody's backward pass in double precision may round a gradient by, relative to the sum of the absolute values
/// of its terms: in every layer a few operations and a sum of n_l terms.
double rounding_of_backward(const Network<double>& network);

/// What summing m numbers may round, relative to the sum of their absolute values: each of m - 1 additions at most half
/// an ulp of it, ours and those of whoever computed the gradient.
double rounding_of_sum(double m);

}  // namespace gradproof::checks
