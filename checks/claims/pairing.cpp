// SPDX-License-Identifier: MIT
#include "claims/pairing.hpp"

namespace gradproof::checks {

std::vector<Pairing> all_pairings() {
    std::vector<Pairing> pairings;
    for (const AnyActivation& activation : all_activations())
        for (const AnyLoss& loss : all_losses())
            if (are_compatible(activation, loss))
                pairings.push_back({activation, loss, is_canonical_pair(activation, loss)});
    return pairings;
}

}  // namespace gradproof::checks
