// SPDX-License-Identifier: MIT
//
// Activations and losses that somebody types as formulas: read by the reader of the notes, differentiated by it, and
// made into cases that run on every type of number.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gradproof/any_loss.hpp"

namespace gradproof::notes {

/// Numbers for the letters in a formula besides its own: alpha = 0.9.
using Settings = std::map<std::string, double>;

/// The activation g(z) of a formula in z, plain (plain_formula.hpp) or LaTeX. Its kinks are where the conditions of its
/// max, |.| and cases change and its slope jumps. Throws std::invalid_argument with what the reader of the notes says
/// of a formula that it cannot read, or that has no derivative.
AnyActivation activation_of(std::string_view formula, const Settings& settings = {});

/// The loss of one component of a formula in the prediction a and the label y. Throws as activation_of().
AnyLoss loss_of(std::string_view formula, const Settings& settings = {});

}  // namespace gradproof::notes
