// SPDX-License-Identifier: MIT
#include "gradproof/checks/cost_formula.hpp"

#include <fmt/format.h>

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

}  // namespace

CostFormula cost_formula(const AnyLoss& loss) {
    WrittenFormula formula = formula_of(loss);
    return {.factor = formula.factor, .term = std::move(formula.text)};
}

std::string describe(const CostFormula& formula) {
    const double size = std::abs(formula.factor);
    std::string text =
        fmt::format("J = {}1/m sum over examples of {}sum over outputs of {}", formula.factor < 0 ? "-" : "",
                    size == 1 ? "" : written_number(size) + " ", formula.term);
    if (formula.l2)
        text += fmt::format(" + {} sum of squared weights{}, lambda = {}", formula.l2->scale,
                            formula.l2->with_biases ? " and biases" : "", formula.l2->lambda);
    if (formula.m > 0) text += fmt::format(", m = {}", formula.m);
    return text;
}

}  // namespace gradproof::checks
