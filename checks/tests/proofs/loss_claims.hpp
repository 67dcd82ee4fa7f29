// SPDX-License-Identifier: MIT
//
// What is proved of one loss, by running its own formulas on symbols.
#pragma once

#include "gradproof/any_loss.hpp"
#include "tests/proofs/claims.hpp"

namespace gradproof::proof {

/// That derivative(a, y) is the derivative of value(a, y) in a, for any label inside the domain and for each end that
/// belongs to it (there 0 log 0 = 0 takes a term away).
Claim prove_loss_derivative(const LossFormulas<Symbol>& loss, const LossFacts& facts, const Prover& prover);

/// That the stable form from z is the loss of the canonical activation's value.
Claim prove_value_from_pre_activation(const LossFormulas<Symbol>& loss, const LossFacts& facts, const Prover& prover);

}  // namespace gradproof::proof
