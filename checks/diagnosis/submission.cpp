// SPDX-License-Identifier: MIT
#include "diagnosis/submission.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace gradproof::diagnosis {

std::string_view name_of(Convention convention) {
    return conventions[static_cast<std::size_t>(convention)].second;
}

checks::CostFormula cost_formula_of(const Submission& s) {
    checks::CostFormula formula = checks::cost_formula(s.network.loss);
    formula.m = s.Y.cols();
    if (s.network.lambda == 0) return formula;
    if (s.convention == Convention::deep_learning_specialization)
        formula.l2 = {.lambda = s.network.lambda, .scale = "lambda/(2m)"};
    else  // it was multiplied by m when it was read; 15 digits bring back what was typed
        formula.l2 = {.lambda = std::stod(fmt::format("{:.15g}", s.network.lambda / s.m())), .scale = "lambda/2"};
    return formula;
}

}  // namespace gradproof::diagnosis
