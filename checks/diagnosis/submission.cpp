// SPDX-License-Identifier: MIT
#include "diagnosis/submission.hpp"

#include <fmt/format.h>

#include <algorithm>
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

bool has_dZ_or_dA(const Submission& s) {
    const auto is_given = [](const Tensor& tensor) { return tensor.size() > 0; };
    return std::ranges::any_of(s.gradients.dZ, is_given) || std::ranges::any_of(s.gradients.dA, is_given);
}

GradientScale scale_of_gradients(const Submission& s) {
    return {.of_parameters = factor_of_parameters(s.scaling, s.m()),
            .of_examples = factor_of_examples(s.scaling, s.m()),
            .is_weighted_mean = s.scaling.count > 0};
}

std::string name_in_file(const std::map<std::string, std::string>& names, const std::string& name) {
    const auto found = names.find(name);
    return found == names.end() ? name : found->second;
}

double factor_of_parameters(const Scaling& scaling, double m) {
    return scaling.count > 0 ? scaling.factor * m / scaling.count : scaling.factor;
}

double factor_of_examples(const Scaling& scaling, double m) {
    return scaling.mean_in_dZ ? factor_of_parameters(scaling, m) / m : scaling.factor;
}

double l2_slope(const Scaling& scaling, double m) {
    return in_course_scale(scaling.lambda, scaling.l2, m) / m;
}

double cost_in_users_scale(const Submission& s, double cost) {
    double of_biases = 0;
    if (s.scaling.with_biases)
        for (const auto& layer : s.network.layers) of_biases += layer.dense.b.squaredNorm();
    return cost * factor_of_parameters(s.scaling, s.m()) + l2_slope(s.scaling, s.m()) / 2 * of_biases;
}

checks::CostFormula cost_formula_of(const Submission& s) {
    Scaling scaling = s.scaling;
    // One that was not read from a file has the network's own.
    if (scaling.lambda == 0) scaling = {.factor = scaling.factor, .lambda = s.network.lambda, .count = scaling.count};
    return cost_formula_of(s, scaling);
}

checks::CostFormula cost_formula_of(const Submission& s, const Scaling& scaling) {
    checks::CostFormula formula = checks::cost_formula(s.network.loss);
    formula.factor *= scaling.factor;
    formula.m = s.Y.cols();
    formula.has_weights = s.network.example_weights.size() > 0;
    formula.is_weighted_mean = scaling.count > 0;
    if (scaling.lambda != 0)
        formula.l2 = {.lambda = scaling.lambda, .scale = name_of(scaling.l2), .with_biases = scaling.with_biases};
    return formula;
}

}  // namespace gradproof::diagnosis
