// SPDX-License-Identifier: MIT
//
// What people call their cost. squared_error is half the square; mse is the whole square, and a framework means over
// the outputs too, where a textbook sums them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_loss.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {

/// How often 1/m times the sum over examples and outputs of a loss somebody means: number * K^of_K * m^of_m, of K
/// outputs and m examples.
struct CostFactor {
    double number = 1;
    int of_K = 0;
    int of_m = 0;

    double operator()(double K, double m) const;
    friend CostFactor operator*(const CostFactor& a, const CostFactor& b) {
        return {a.number * b.number, a.of_K + b.of_K, a.of_m + b.of_m};
    }
};

struct CostWord {
    AnyLoss loss;
    std::vector<CostFactor> factors;  ///< what the word may mean, the likeliest first
};

/// Reads the name of a loss; what it throws is said to the user.
using LossReader = std::function<AnyLoss(std::string_view)>;

/// The cost that a word means: a loss of the library, or what a framework calls it (mse, MSELoss, bce,
/// CrossEntropyLoss), perhaps with a factor in front: "m/2 * mse". Throws std::invalid_argument naming what there is.
/// What is no word of a framework is read by `loss`.
/// Words that mean both cross-entropies (cross_entropy, log_loss, nll) are taken as the one that is canonical with
/// `output`. BCEWithLogitsLoss and PoissonNLLLoss are taken without the activation that is inside them if the network
/// ends with it. Where the output is any number, as of the identity, CrossEntropyLoss is the loss of its softmax; where
/// it is the logarithm of a probability, nll means the one of logarithms.
CostWord cost_named(std::string_view text, const AnyActivation& output, const LossReader& loss = loss_named);

/// The words for a loss beside its own name and the names of framework_names.hpp: "mse", "sse".
std::vector<std::string_view> cost_words_of(const AnyLoss& loss);

/// What to say for `factor` times the mean loss: the first word that means it, or a factor and a word in quotes.
std::string word_for(const AnyLoss& loss, double factor, double K, double m);

}  // namespace gradproof::diagnosis
