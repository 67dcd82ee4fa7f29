// SPDX-License-Identifier: MIT
#include "diagnosis/wrong_line.hpp"

#include <fmt/format.h>

#include "diagnosis/layout_line.hpp"
#include "diagnosis/line_template.hpp"
#include "diagnosis/right_formula.hpp"

namespace gradproof::diagnosis {
namespace {

// In dW, what W is multiplied by for an L2 term of this scale.
std::string_view coefficient_of_W(std::string_view scale) {
    if (scale == name_of(L2Scale::lambda_over_2)) return "lambd";
    if (scale == name_of(L2Scale::lambda_over_m)) return "2 * lambd / m";
    if (scale == name_of(L2Scale::lambda)) return "2 * lambd";
    return "lambd / m";
}

std::string number(double value) {
    return value < 0 ? fmt::format("({:.6g})", value) : fmt::format("{:.6g}", value);
}

// What the sum over the examples is divided by.
std::string count_of(const Diagnosis& diagnosis) {
    return diagnosis.J.is_weighted_mean ? fmt::format("np.sum({})", diagnosis.weights) : "m";
}

std::string row_of_weights(const Diagnosis& diagnosis) {
    return diagnosis.weights + "[None, :]";
}

// The words of line_template.hpp as they stand for this file.
std::string filled(std::string line, const Finding& finding, const Diagnosis& diagnosis) {
    const std::size_t l = finding.place.l;
    const auto fill = [&line](std::string_view word, std::string_view meaning) { replace_word(line, word, meaning); };
    const std::string activation = l > 0 ? name_of(diagnosis.layers[l - 1].activation) : "";
    const std::string_view g = std::string_view(activation).substr(0, activation.find('('));
    const std::string_view L2 = coefficient_of_W(diagnosis.J.l2 ? diagnosis.J.l2->scale : "");
    const double theta = finding.parameter.value_or(1);
    if (l < diagnosis.layers.size() && diagnosis.layers[l].is_function_only) fill("W{n}.T @ ", "");
    fill("{g'}", std::string(g) + "'");
    fill("{g}", g);
    fill("{/m}", diagnosis.mean_in_dZ ? "" : " / " + count_of(diagnosis));
    fill("{*m}", diagnosis.mean_in_dZ ? " * " + count_of(diagnosis) : "");
    fill("{w}", row_of_weights(diagnosis));
    fill("{own w}", "");
    fill("{+L2}", diagnosis.J.l2 ? fmt::format(" + {} * W{{l}}", L2) : "");
    fill("{L2}", L2);
    fill("{theta}", number(theta));
    fill("{theta of W}", number(theta * diagnosis.scale));
    fill("{theta of dW}", number(theta / diagnosis.scale));
    fill("{l}", std::to_string(l));
    fill("{n}", std::to_string(l + 1));
    if (l == 1) fill("A{p}", "X");
    if (l > 0) fill("{p}", std::to_string(l - 1));
    fill("A0", "X");
    return line;
}

// A formula of the output's dA or dZ that is made of the labels, and not of another gradient, in the scale of the file.
std::string in_scale(std::string line, Step step, bool has_own_weights, const Diagnosis& diagnosis) {
    if (step != Step::dA_output && step != Step::dZ_output) return line;
    const auto equals = line.find(" = ");
    const std::string formula = line.substr(equals + 3);
    const bool is_of_labels = formula.find('Y') != std::string::npos;
    const bool is_weighted = !diagnosis.weights.empty() && !has_own_weights;
    const bool is_scaled = diagnosis.scale != 1 || diagnosis.mean_in_dZ || is_weighted;
    if (!is_of_labels || !is_scaled) return line;
    std::string text = line.substr(0, equals + 3);
    if (diagnosis.scale != 1) text += fmt::format("{:.6g} * ", diagnosis.scale);
    if (is_weighted) text += row_of_weights(diagnosis) + " * ";
    return text + "(" + formula + ")" + (diagnosis.mean_in_dZ ? " / " + count_of(diagnosis) : "");
}

std::string as_in_file(std::string_view line, const Finding& finding, const Diagnosis& diagnosis) {
    if (line.empty()) return "";
    const bool has_own_weights = line.find("{own w}") != std::string_view::npos;
    const std::string course =
        in_scale(filled(std::string(line), finding, diagnosis), finding.place.step, has_own_weights, diagnosis);
    const auto name = [&diagnosis](const std::string& of) { return name_in_file(diagnosis.names, of); };
    return in_layout(course, diagnosis.layout, name).value_or("");
}

}  // namespace

std::string numpy_line(const Finding& finding, const Diagnosis& diagnosis) {
    return as_in_file(finding.numpy, finding, diagnosis);
}

std::string right_line(const Finding& finding, const Diagnosis& diagnosis) {
    const auto [step, l] = finding.place;
    const bool elementwise = l > 0 && is_elementwise(diagnosis.layers[l - 1].activation);
    const std::string_view formula = right_formula(step, elementwise, diagnosis.is_canonical);
    return formula.empty() ? "" : as_in_file(tensor_template(step) + " = " + std::string(formula), finding, diagnosis);
}

}  // namespace gradproof::diagnosis
