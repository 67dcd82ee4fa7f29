// SPDX-License-Identifier: MIT
#include "notes/typed/typed_note.hpp"

#include <fmt/format.h>

#include "notes/typed/plain_formula.hpp"

namespace gradproof::notes {
namespace {

std::string definition(std::string_view name, std::string_view body) {
    return fmt::format("\n```math\n{} := {}\n```\n", name, body);
}

}  // namespace

std::string beginning_of_note(const std::vector<std::string_view>& letters, const Settings& settings) {
    std::string note = "# Typed\n\n| symbol | meaning | values |\n|---|---|---|\n";
    for (const std::string_view letter : letters) note += fmt::format("| $`{}`$ | an input | real |\n", letter);
    note += definition("\\sigma(t)", "\\frac{1}{1 + e^{-t}}") +
            definition("\\mathrm{softplus}(t)", "\\log(1 + e^{t})") + definition("\\mathrm{relu}(t)", "\\max(t, 0)");
    for (const auto& [name, value] : settings) note += definition(latex_of(name), fmt::format("{}", value));
    return note;
}

std::string definition_in_note(std::string_view name, std::string_view formula) {
    return definition(name, latex_of(formula));
}

std::string complaint_of(const Document& document) {
    const std::string& message = document.errors.front().message();
    constexpr std::string_view undeclared = "undeclared symbol ";
    if (!message.starts_with(undeclared)) return message;
    std::string name = message.substr(undeclared.size(), message.find(':') - undeclared.size());
    if (name.starts_with("\\mathrm{")) name = name.substr(8, name.size() - 9);
    if (name.starts_with("\\")) name.erase(0, 1);
    return fmt::format(
        "{0} has no value: say --set {0}=NUMBER; functions are exp, log, sqrt, tanh, sinh, cosh, sin, cos, arctan, "
        "erf, "
        "abs, "
        "max, "
        "min, sigmoid, softplus and relu",
        name);
}

}  // namespace gradproof::notes
