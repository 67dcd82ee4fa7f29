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

}  // namespace gradproof::checks
