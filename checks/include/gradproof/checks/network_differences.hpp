// SPDX-License-Identifier: MIT
//
// Numerical derivatives of a network's cost in every entry of W, b, Z and A, with error bars, from its forward pass
// alone. Every entry of Z is moved; W, b and A move Z by products, and so their entries are sums of those of Z, but for
// some that are moved themselves, and A at kinks. Differences are taken for each example before anything is summed: two
// costs that share all but one term would cancel. The network's own branches show kinks.
// derivations/finite_differences.md
#pragma once

#include <stop_token>

#include "gradproof/checks/parallel.hpp"
#include "gradproof/checks/tensor_verdict.hpp"
#include "gradproof/network.hpp"

namespace gradproof::checks {

struct DifferenceOptions {
    int required_digits = default_required_digits;  ///< below these, an entry goes on to the next method
    bool activations = true;                        ///< also dZ[l] and dA[l], entry by entry
    unsigned threads = 0;                           ///< 0: as many as the machine has; never shows in the digits
    Progress progress = {};                         ///< told how many entries are done, from the calling thread
    std::stop_token stop = {};                      ///< asks to return what is known so far
};

/// Estimates of dW[l] and db[l] (of the cost), dZ[l] and dA[l] (of each example's loss, so without 1/m), indexed by
/// layer as in Gradients. dZ and dA are empty without `activations`. Entries that a stop left out have
/// Method::not_checked and an infinite error bar.
struct NetworkEstimates {
    std::vector<TensorEstimate> dW;
    std::vector<TensorEstimate> db;
    std::vector<TensorEstimate> dZ;
    std::vector<TensorEstimate> dA;
};

/// Throws std::invalid_argument if shapes do not fit.
NetworkEstimates differentiate_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                       const DifferenceOptions& options = {});

}  // namespace gradproof::checks
