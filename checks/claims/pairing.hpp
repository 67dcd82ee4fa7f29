// SPDX-License-Identifier: MIT
//
// The pairings of output activation and loss that exist, from the folders in lib.
#pragma once

#include <vector>

#include "gradproof/any_loss.hpp"

namespace gradproof::checks {

struct Pairing {
    AnyActivation activation;
    AnyLoss loss;
    bool canonical = false;
};
/// Every pairing whose loss accepts what the activation gives.
std::vector<Pairing> all_pairings();

/// Those of which every claim is checked: all canonical ones, and of the others the first so many, by a fixed order
/// that mixes activations and losses, that each activation and each loss is met at least three times where it can be.
/// The derivatives of every activation and of every loss are claims of their own; what a pairing adds is the chain rule
/// between the two, which these sample.
std::vector<Pairing> swept_pairings();

}  // namespace gradproof::checks
