// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/cost_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/binary_cross_entropy_with_logits.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/cross_entropy_with_logits.hpp"
#include "gradproof/losses/negative_log_likelihood.hpp"
#include "gradproof/losses/poisson_log_input.hpp"
#include "gradproof/losses/poisson_negative_log_likelihood.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "spelling/framework_names.hpp"
#include "spelling/named_case.hpp"
#include "spelling/trimmed.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr CostFactor one{};
constexpr CostFactor over_outputs{.of_K = -1};
constexpr CostFactor two{.number = 2};
constexpr CostFactor two_over_outputs{.number = 2, .of_K = -1};
constexpr CostFactor two_summed{.number = 2, .of_m = 1};

// Words beside those of framework_names.hpp.
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
CostWord with_logits() {
    return {BinaryCrossEntropyWithLogits{}, {over_outputs, one}};
}
CostWord categorical() {
    return {CategoricalCrossEntropy{}, {one}};
}
CostWord poisson() {
    return {PoissonNegativeLogLikelihood{}, {over_outputs, one}};
}

constexpr std::array aliases{
    Alias{"mse", mean_square},
    Alias{"l2loss", mean_square},
    Alias{"sse", sum_of_squares},
    Alias{"sumofsquares", sum_of_squares},
    Alias{"bce", binary},
    Alias{"bcewithlogits", with_logits},
    Alias{"binarycrossentropyloss", binary},
    Alias{"binarycrossentropywithlogits", with_logits},
    Alias{"binarycrossentropykeras", binary},
    Alias{"categoricalcrossentropyloss", categorical},
    Alias{"softmaxcrossentropy", categorical},
    Alias{"softmaxloss", categorical},
    Alias{"poissonnll", poisson},
};

constexpr std::array<std::string_view, 5> either_cross_entropy{"crossentropy", "logloss", "logistic", "nll", "nllloss"};

// A loss with the last activation inside it is taken without it if the network ends with that activation: people write
// BCEWithLogitsLoss for what they have in mind with a sigmoid at the output. The cross-entropy of classes is taken with
// it where the output is any number: CrossEntropyLoss has its softmax inside.
CostWord for_output(CostWord cost, const AnyActivation& output) {
    const std::array<std::pair<AnyLoss, AnyLoss>, 2> with_and_without{
        {{BinaryCrossEntropyWithLogits{}, BinaryCrossEntropy{}}, {PoissonLogInput{}, PoissonNegativeLogLikelihood{}}}};
    for (const auto& [with, without] : with_and_without)
        if (cost.loss.facts().id == with.facts().id && are_compatible(output, without)) cost.loss = without;
    if (cost.loss.is<CategoricalCrossEntropy>() && real_line.is_within(output.facts().range))
        cost.loss = CrossEntropyWithLogits{};
    return cost;
}

// Frameworks mean over the outputs too, but for classes, of which one example has a single loss.
CostWord cost_in_framework(const FrameworkName& name) {
    const AnyLoss loss = loss_named(name.slug);
    if (loss.facts().labels == Labels::distribution) return {loss, {{.number = name.factor}}};
    return {loss, {{.number = name.factor, .of_K = -1}, {.number = name.factor}}};
}

CostWord cost_of_word(std::string_view text, const AnyActivation& output, const LossReader& loss) {
    const std::string word = plain_word(text);
    // Of logarithms of probabilities it is the sum over the labels alone.
    const bool is_likelihood = word == "nll" || word == "nllloss";
    if (is_likelihood && are_compatible(output, NegativeLogLikelihood{})) return {NegativeLogLikelihood{}, {one}};
    if (word == "crossentropy" && real_line.is_within(output.facts().range)) return {CrossEntropyWithLogits{}, {one}};
    if (std::ranges::find(either_cross_entropy, word) != either_cross_entropy.end())
        return is_canonical_pair(output, BinaryCrossEntropy{}) ? binary() : categorical();
    const auto found = std::ranges::find(aliases, word, &Alias::word);
    if (found != aliases.end()) return for_output(found->cost(), output);
    const auto plain_slug = [](const AnyLoss& known) { return plain_word(known.facts().slug); };
    if (std::ranges::find(all_losses(), word, plain_slug) == all_losses().end())
        if (const FrameworkName* known = framework_name_of_loss(word))
            return for_output(cost_in_framework(*known), output);
    return {loss(text), {one}};
}

// "2", "m" or "K" to the power of `sign`.
CostFactor atom(std::string_view text, int sign, std::string_view whole) {
    if (text == "m") return {.of_m = sign};
    if (text == "K") return {.of_K = sign};
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !(number > 0) || !std::isfinite(number))
        throw std::invalid_argument(
            fmt::format("--loss '{}': '{}' is no factor; expected numbers, m (examples) and K (outputs), as in \"m/2 * "
                        "squared_error\"",
                        whole, text));
    return {.number = sign > 0 ? number : 1 / number};
}

// "m/2", "2 * m".
CostFactor factor_in(std::string_view text, std::string_view whole) {
    CostFactor factor;
    int sign = 1;
    while (true) {
        const auto end = text.find_first_of("*/");
        factor = factor * atom(trimmed(text.substr(0, end)), sign, whole);
        if (end == std::string_view::npos) return factor;
        sign = text[end] == '/' ? -1 : 1;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

double CostFactor::operator()(double K, double m) const {
    return number * std::pow(K, of_K) * std::pow(m, of_m);
}

CostWord cost_named(std::string_view text, const AnyActivation& output, const LossReader& loss) {
    // "m/2 * mse" has a word behind the last *, a formula has more or less than that.
    const auto times = text.rfind('*');
    const std::string_view word = times == std::string_view::npos ? text : trimmed(text.substr(times + 1));
    const bool is_word = word.size() > 1 && word.find_first_of(" ()+-/^0123456789\\|") == std::string_view::npos;
    if (times == std::string_view::npos || (!word.empty() && !is_word))
        return cost_of_word(trimmed(text), output, loss);
    const CostFactor factor = factor_in(text.substr(0, times), text);
    CostWord cost = cost_of_word(word, output, loss);
    for (CostFactor& meant : cost.factors) meant = meant * factor;
    return cost;
}

std::string word_for(const AnyLoss& loss, double factor, double K, double m) {
    const auto is = [factor](double value) { return std::abs(value - factor) <= 1e-12 * factor; };
    const std::string_view slug = loss.facts().slug;
    if (is(1)) return std::string(slug);
    for (const Alias& alias : aliases) {
        const CostWord cost = alias.cost();
        if (cost.loss.facts().id == loss.facts().id && is(cost.factors.front()(K, m))) return std::string(alias.word);
    }
    for (const auto& [value, text] : {std::pair(m, "m"), std::pair(2 * m, "2 * m"), std::pair(m / 2, "m/2"),
                                      std::pair(1 / m, "1/m"), std::pair(2 / K, "2/K"), std::pair(1 / K, "1/K")})
        if (is(value)) return fmt::format("\"{} * {}\"", text, slug);
    return fmt::format("\"{:.10g} * {}\"", factor, slug);
}

std::vector<std::string_view> cost_words_of(const AnyLoss& loss) {
    std::vector<std::string_view> words;
    for (const Alias& alias : aliases)
        if (alias.cost().loss.facts().id == loss.facts().id) words.push_back(alias.word);
    return words;
}

}  // namespace gradproof::diagnosis
