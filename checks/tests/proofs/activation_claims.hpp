// SPDX-License-Identifier: MIT
//
// What is proved of one activation, by running its own formulas on symbols.
#pragma once

#include "gradproof/any_activation.hpp"
#include "tests/proofs/claims.hpp"

namespace gradproof::proof {

/// The number of classes at which vector activations are proved.
inline constexpr Eigen::Index classes = 3;

/// That derivative(z) is the derivative of value(z), on every branch; of a vector activation, that pull_back is the
/// transposed Jacobian times what it is given.
Claim prove_derivative(const ActivationFormulas<Symbol>& g, const Prover& prover);

/// That derivative_from_value(value(z)) is the derivative of value(z).
Claim prove_derivative_from_value(const ActivationFormulas<Symbol>& g, const Prover& prover);

/// That second_derivative(z) is the derivative of derivative(z).
Claim prove_second_derivative(const ActivationFormulas<Symbol>& g, const Prover& prover);

/// That the derivative taken at each kink is the declared one.
Claim prove_kinks(const ActivationFormulas<Symbol>& g, const std::vector<Kink>& kinks, const Prover& prover);

/// That a formula without kinks is the same on all its branches: they differ in rounding only.
Claim prove_branches_agree(const ActivationFormulas<Symbol>& g, const Prover& prover);

}  // namespace gradproof::proof
