// SPDX-License-Identifier: MIT
//
// Numerical derivatives of a network's cost in every entry of W, b, Z and A, with error bars, from its forward pass
// alone. Differences are taken for each example before anything is summed, because two costs that share all but one
// term would cancel; kinks are found by the network's own branches. derivations/finite_differences.md
#pragma once

#include "gradproof/checks/tensor_verdict.hpp"
#include "gradproof/checks/compiled_network.hpp"

namespace gradproof::checks {

struct DifferenceOptions {
    int required_digits = default_required_digits;  ///< below these, an entry goes on to the next method
    bool activations = true;                        ///< also dZ[l] and dA[l], entry by entry
    bool last_resorts = true;                       ///< extended differences and dual numbers for what is left
};

/// Estimates of dW[l] and db[l] (of the cost), dZ[l] and dA[l] (of each example's loss, so without 1/m), indexed by
/// layer as in Gradients. dZ and dA are empty without `activations`.
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
