// SPDX-License-Identifier: MIT
#include "gradproof/checks/cost_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <stdexcept>

#include "differences/network/written.hpp"

namespace gradproof::checks {
namespace {

WrittenFormula formula_of(const AnyLoss& loss) {
    if (loss.runs_on<Written>()) {
        try {
            const auto formulas = loss.on<Written>();
            return write_down([&](const Written& a, const Written& y) { return formulas.value(a, y); }, "a", "y");
        } catch (const std::length_error&) {
            // What has no end has no formula; its name is all there is to say.
        }
    }
    return {1, fmt::format("{}(a, y)", name_of(loss))};
}

// A declared formula with numbers where it has the names of parameters.
std::string with_parameters(std::string_view formula, const std::vector<ParameterValue>& parameters) {
    const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    std::string text;
    for (std::size_t n = 0; n < formula.size();) {
        std::size_t end = n;
        while (end < formula.size() && is_letter(formula[end])) ++end;
        const std::string_view word = formula.substr(n, std::max(end, n + 1) - n);
        const auto set = std::ranges::find(parameters, word, &ParameterValue::name);
        text += set == parameters.end() ? std::string(word) : written_number(set->value);
        n += word.size();
    }
    return text;
}

}  // namespace

CostFormula cost_formula(const AnyLoss& loss) {
    const LossFacts& facts = loss.facts();
    if (!facts.is_elementwise)
        return {.factor = 1, .term = with_parameters(facts.formula, facts.parameters), .is_of_column = true};
    WrittenFormula formula = formula_of(loss);
    return {.factor = formula.factor, .term = std::move(formula.text)};
}

std::string describe(const CostFormula& formula) {
    const double size = std::abs(formula.factor);
    std::string text =
        fmt::format("J = {}1/{} sum over examples of {}{}{}{}", formula.factor < 0 ? "-" : "",
                    formula.is_weighted_mean ? "sum(w)" : "m", size == 1 ? "" : written_number(size) + " ",
                    formula.has_weights ? "w " : "", formula.is_of_column ? "" : "sum over outputs of ", formula.term);
    if (formula.l2)
        text += fmt::format(" + {} sum of squared weights{}, lambda = {}", formula.l2->scale,
                            formula.l2->with_biases ? " and biases" : "", formula.l2->lambda);
    if (formula.m > 0) text += fmt::format(", m = {}", formula.m);
    return text;
}

}  // namespace gradproof::checks
