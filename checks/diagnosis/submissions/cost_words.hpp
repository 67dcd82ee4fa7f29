// SPDX-License-Identifier: MIT
//
// What people call their cost. squared_error is half the square; mse is the whole square, and a framework means over
// the outputs too, where a textbook sums them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_loss.hpp"

namespace gradproof::diagnosis {

/// How often 1/m times the sum over examples and outputs of a loss a word means. K outputs, m examples.
using CostFactor = double (*)(double K, double m);

struct CostWord {
    AnyLoss loss;
    std::vector<CostFactor> factors;  ///< what the word may mean, the likeliest first
};

/// The cost that a word means: a loss of the library, or what a framework calls it (mse, MSELoss, bce,
/// CrossEntropyLoss). Throws std::invalid_argument naming what there is.
/// Words that mean both cross-entropies (cross_entropy, log_loss, nll) are taken as the one that is canonical with
/// `output`.
CostWord cost_named(std::string_view text, const AnyActivation& output);

/// The first word that means `factor` times the mean loss; empty if there is none.
std::string_view word_for(const AnyLoss& loss, double factor, double K, double m);

}  // namespace gradproof::diagnosis
