// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/cost_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/poisson_negative_log_likelihood.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {
namespace {

double one(double, double) {
    return 1;
}
double over_outputs(double K, double) {
    return 1 / K;
}
double two(double, double) {
    return 2;
}
double two_over_outputs(double K, double) {
    return 2 / K;
}
double two_summed(double, double m) {
    return 2 * m;
}

struct Alias {
    std::string_view word;  // without case, - and _
    CostWord (*cost)();
};

CostWord mean_square() {
    return {SquaredError{}, {two_over_outputs, two}};
}
CostWord sum_of_squares() {
    return {SquaredError{}, {two_summed}};
}
CostWord binary() {
    return {BinaryCrossEntropy{}, {over_outputs, one}};
}
CostWord categorical() {
    return {CategoricalCrossEntropy{}, {one}};
}
CostWord poisson() {
    return {PoissonNegativeLogLikelihood{}, {over_outputs, one}};
}

constexpr std::array aliases{
    Alias{"mse", mean_square},
    Alias{"mseloss", mean_square},
    Alias{"meansquarederror", mean_square},
    Alias{"l2loss", mean_square},
    Alias{"sse", sum_of_squares},
    Alias{"sumofsquares", sum_of_squares},
    Alias{"bce", binary},
    Alias{"bceloss", binary},
    Alias{"bcewithlogits", binary},
    Alias{"bcewithlogitsloss", binary},
    Alias{"binarycrossentropyloss", binary},
    Alias{"binarycrossentropywithlogits", binary},
    Alias{"binarycrossentropykeras", binary},
    Alias{"crossentropyloss", categorical},
    Alias{"categoricalcrossentropyloss", categorical},
    Alias{"sparsecategoricalcrossentropy", categorical},
    Alias{"softmaxcrossentropy", categorical},
    Alias{"softmaxloss", categorical},
    Alias{"poissonnll", poisson},
    Alias{"poissonnllloss", poisson},
};

constexpr std::array<std::string_view, 5> either_cross_entropy{"crossentropy", "logloss", "logistic", "nll", "nllloss"};

}  // namespace

CostWord cost_named(std::string_view text, const AnyActivation& output) {
    const std::string word = plain_word(text);
    if (std::ranges::find(either_cross_entropy, word) != either_cross_entropy.end())
        return is_canonical_pair(output, BinaryCrossEntropy{}) ? binary() : categorical();
    const auto found = std::ranges::find(aliases, word, &Alias::word);
    if (found != aliases.end()) return found->cost();
    return {loss_named(text), {one}};
}

std::string_view word_for(const AnyLoss& loss, double factor, double K, double m) {
    const auto is = [factor](double value) { return std::abs(value - factor) <= 1e-12 * factor; };
    if (is(1)) return loss.facts().slug;
    for (const Alias& alias : aliases) {
        const CostWord cost = alias.cost();
        if (cost.loss.facts().id == loss.facts().id && is(cost.factors.front()(K, m))) return alias.word;
    }
    return {};
}

}  // namespace gradproof::diagnosis
