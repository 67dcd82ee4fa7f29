// SPDX-License-Identifier: MIT
//
// Which formulas the field of the proofs holds. Of roots it has those of irreducible polynomials in the symbols, and it
// has no powers with another broken exponent; a formula with one is compared in 50 digits by its note and by
// differences, but nothing symbolic is proved of it.
#pragma once

#include "gradproof/any_loss.hpp"

namespace gradproof::proof {

/// Whether value and derivative can be written down in the field.
bool is_in_field(const AnyActivation& g);
bool is_in_field(const AnyLoss& loss);
/// Whether the loss of the activation's value can be, which may be the root of more than a polynomial. Precondition:
/// they are compatible.
bool is_in_field(const AnyActivation& g, const AnyLoss& loss);

}  // namespace gradproof::proof
