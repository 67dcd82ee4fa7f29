// SPDX-License-Identifier: MIT
#include "diagnosis/submission.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace gradproof::diagnosis {

std::string_view name_of(Convention convention) {
    return conventions[static_cast<std::size_t>(convention)].second;
}

Layout layout_of(Convention convention) {
    const bool rows = convention != Convention::deep_learning_specialization;
    return {.examples_in_rows = rows, .weights_in_by_out = convention == Convention::cs231n};
}

std::string_view name_of(L2Scale scale) {
    return l2_scales[static_cast<std::size_t>(scale)].second;
}

double in_course_scale(double lambda, L2Scale scale, double m) {
    switch (scale) {
        case L2Scale::lambda_over_2m:
            return lambda;
        case L2Scale::lambda_over_2:
            return lambda * m;
        case L2Scale::lambda_over_m:
            return 2 * lambda;
        case L2Scale::lambda:
            return 2 * lambda * m;
    }
    return lambda;
}

double cost_in_users_scale(const Submission& s, double cost) {
    double of_biases = 0;
    if (s.scaling.with_biases)
        for (const auto& layer : s.network.layers) of_biases += layer.dense.b.squaredNorm();
    return cost * s.scaling.factor + in_course_scale(s.scaling.lambda, s.scaling.l2, s.m()) / (2 * s.m()) * of_biases;
}

checks::CostFormula cost_formula_of(const Submission& s) {
    Scaling scaling = s.scaling;
    // One that was not read from a file has the network's own.
    if (scaling.lambda == 0) scaling = {.factor = scaling.factor, .lambda = s.network.lambda};
    return cost_formula_of(s, scaling);
}

checks::CostFormula cost_formula_of(const Submission& s, const Scaling& scaling) {
    checks::CostFormula formula = checks::cost_formula(s.network.loss);
    formula.factor *= scaling.factor;
    formula.m = s.Y.cols();
    if (scaling.lambda != 0)
        formula.l2 = {.lambda = scaling.lambda, .scale = name_of(scaling.l2), .with_biases = scaling.with_biases};
    return formula;
}

}  // namespace gradproof::diagnosis
