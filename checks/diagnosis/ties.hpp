// SPDX-License-Identifier: MIT
//
// Weights that two layers share, as an autoencoder's W2 = W1.T: they have one gradient, the sum of what each place
// alone would have.
#pragma once

#include <cstddef>
#include <vector>

#include "gradproof/checks/network_differences.hpp"
#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

/// W of layer l is W of layer `of`, or its transpose.
struct Tie {
    std::size_t l;
    std::size_t of;
    bool is_transposed;
};

/// dW of tied layers becomes the gradient of the weights they share, in the shape of each of them. The layers must have
/// it. Bounds of rounding add up in the same way.
void add_up(Gradients<double>& gradients, const std::vector<Tie>& ties);
void add_up(checks::NetworkEstimates& estimates, const std::vector<Tie>& ties);

}  // namespace gradproof::diagnosis
