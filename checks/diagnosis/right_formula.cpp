// SPDX-License-Identifier: MIT
#include "diagnosis/right_formula.hpp"

#include <fmt/format.h>

#include <cctype>
#include <stdexcept>

#include "diagnosis/line_template.hpp"
#include "differences/network/written.hpp"

namespace gradproof::diagnosis {
namespace {

// "a (1 - a)" as "a * (1 - a)", with `at` for a; empty for a formula in cases.
std::string numpy_text(std::string_view formula, std::string_view at) {
    if (formula.find(" if ") != std::string_view::npos) return "";
    constexpr std::string_view operators = "+-*/";
    std::string text;
    for (std::size_t n = 0; n < formula.size(); ++n) {
        const char c = formula[n];
        const auto is_letter = [&](std::size_t at_n) {
            return at_n < formula.size() && std::isalpha(static_cast<unsigned char>(formula[at_n])) != 0;
        };
        const bool is_between_factors = c == ' ' && operators.find(formula[n - 1]) == std::string_view::npos &&
                                        operators.find(formula[n + 1]) == std::string_view::npos;
        if (is_between_factors) {
            text += " * ";
        } else if (c == '^') {
            text += "**";
        } else if (c == 'a' && (n == 0 || !is_letter(n - 1)) && !is_letter(n + 1)) {
            text += at;
        } else {
            text += c;
        }
    }
    return text;
}

}  // namespace

std::string_view right_formula(Step step, bool is_elementwise, bool is_canonical) {
    switch (step) {
        case Step::dW:
            return "dZ{l} @ A{p}.T{/m}{+L2}";
        case Step::db:
            return "np.sum(dZ{l}, axis=1, keepdims=True){/m}";
        case Step::dA:
            return "W{n}.T @ dZ{n}";
        case Step::dZ_output:
            if (is_canonical) return "A{l} - Y";
            [[fallthrough]];
        case Step::dZ:
            return is_elementwise ? "dA{l} * {g'}(Z{l})" : "";
        case Step::dA_output:
            break;
    }
    return "";
}

std::string with_right_formula(Step step, const Situation& situation, std::string_view before, std::string_view after) {
    const std::string_view formula =
        right_formula(step, situation.l > 0 && is_elementwise(situation.activation()), situation.is_canonical());
    if (formula.empty()) return "";
    return fmt::format("{} = {}{}{}", tensor_template(step), before, formula, after);
}

std::string with_slope_from_value(const AnyActivation& activation, std::string_view at) {
    using checks::Written;
    if (!activation.runs_on<Written>() || !activation.on<Written>().has_derivative_from_value()) return "";
    try {
        const auto g = activation.on<Written>();
        const checks::WrittenFormula slope =
            checks::write_down([&](const Written& a, const Written&) { return g.derivative_from_value(a); }, "a", "y");
        const std::string text = numpy_text(slope.text, at);
        if (text.empty()) return "";
        const std::string number = slope.factor == 1 ? "" : checks::written_number(slope.factor) + " * ";
        return fmt::format("dZ{{l}} = dA{{l}} * {}({})", number, text);
    } catch (const std::length_error&) {
        return "";
    }
}

}  // namespace gradproof::diagnosis
