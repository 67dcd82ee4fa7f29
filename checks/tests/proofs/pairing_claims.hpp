// SPDX-License-Identifier: MIT
//
// What is proved of one pairing of output activation and loss, by running their own formulas on symbols, at two or
// three units.
#pragma once

#include "gradproof/any_loss.hpp"
#include "tests/proofs/claims.hpp"

namespace gradproof::proof {

/// That the general chain through dA is the derivative of the loss with respect to Z.
Claim prove_dZ(const AnyActivation& g, const AnyLoss& loss, const Prover& prover);

/// That A - Y is it: to be proved for a canonical pairing, to be refuted for every other.
Claim prove_a_minus_y(const AnyActivation& g, const AnyLoss& loss, const Prover& prover);

}  // namespace gradproof::proof
