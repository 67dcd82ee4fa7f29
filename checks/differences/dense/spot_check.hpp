// SPDX-License-Identifier: MIT
//
// Single weights, biases and activations moved by themselves. The entries of dW and db are means of what the
// pre-activations' derivatives say, multiplied by the activations below, and those of dA are sums of the same,
// multiplied by the weights above: a few entries of every layer are differentiated without these products, to notice if
// the check itself multiplied wrongly. derivations/finite_differences.md (incremental), (units)
#pragma once

#include <vector>

#include "differences/dense/row_derivatives.hpp"
#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::checks {

/// An entry of dW[l], or of db[l] with k = the number of columns of W[l].
struct WeightEntry {
    Eigen::Index j;
    Eigen::Index k;
};

/// Which entries of layer l are moved, ordered by row: all of a small layer, else at least 4 and at most 16, spread
/// over the layer, as long as they cost no more than the rest does. A wrong product shows at every entry, so a few
/// suffice.
std::vector<WeightEntry> entries_to_move(const Network<double>& network, std::size_t l);

/// An entry of A[l].
struct ActivationEntry {
    Eigen::Index k;
    Eigen::Index i;
};

/// Which entries of an A[l] with so many units and examples are moved, ordered by row: all of a small one, else 16,
/// spread over the layer.
std::vector<ActivationEntry> activations_to_move(Eigen::Index units, Eigen::Index m);

/// The derivative of the mean loss, without regularisation, when the entry itself moves in W[l] or b[l], and the row of
/// Z[l] is multiplied out again. `row` holds the derivatives of Z[l](j, ·), of which only the size is taken, for what
/// rounding of Z[l] does. An infinite bar where kinks leave no room.
Estimate differentiate_entry(const LayerDifferences& layer, const WeightEntry& entry, const RowDerivatives& row);

/// By how much two estimates of the same derivative contradict each other, as a share of their scale: by what their
/// sides differ beyond both error bars.
double contradiction(const Estimate& a, const Estimate& b);

/// Widens the error bars by that share of each entry's scale; by so much that nothing is known, if the share would hide
/// six digits.
void widen(TensorEstimate& estimates, double share);

}  // namespace gradproof::checks
