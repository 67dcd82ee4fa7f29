// SPDX-License-Identifier: MIT
#include "program/commands/list.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "differences/network/written.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "program/output.hpp"

namespace gradproof::program {
namespace {

// "huber(delta=1)", with the defaults.
std::string with_parameters(const auto& facts) {
    std::string text(facts.slug);
    for (const ParameterValue& parameter : facts.parameters)
        text += fmt::format("{}{}={:g}", &parameter == &facts.parameters.front() ? "(" : ", ", parameter.name,
                            parameter.value);
    return facts.parameters.empty() ? text : text + ")";
}

std::string formula_of(const AnyActivation& g) {
    if (!is_elementwise(g)) return "of a whole column";
    try {
        const auto formulas = g.on<checks::Written>();
        const checks::WrittenFormula formula = checks::write_down(
            [&](const checks::Written& z, const checks::Written&) { return formulas.value(z); }, "z", "y");
        return formula.factor == 1 ? formula.text : checks::written_number(formula.factor) + " " + formula.text;
    } catch (const std::length_error&) {
        return "";
    }
}

// "every activation", or the names, the canonical ones first.
std::string outputs_of(const AnyLoss& loss) {
    std::vector<std::string> names;
    for (const AnyActivation& g : all_activations()) {
        if (!are_compatible(g, loss)) continue;
        if (is_canonical_pair(g, loss))
            names.insert(names.begin(), "*" + name_of(g));
        else
            names.push_back(name_of(g));
    }
    if (names.size() < all_activations().size()) return fmt::format("{}", fmt::join(names, ", "));
    return names.front().starts_with('*') ? names.front() + ", and every other activation" : "every activation";
}

int run_list() {
    using namespace checks;
    fmt::print("activations, with their parameters:\n");
    for (const AnyActivation& g : all_activations())
        fmt::print("  {:<31}  {}\n", with_parameters(g.facts()), formula_of(g));
    fmt::print(
        "\nlosses and their costs (a prediction, y label, m examples; --lambda adds an L2 term, whose scale check\n"
        "finds or takes from --l2):\n");
    for (const AnyLoss& loss : all_losses())
        fmt::print("  {:<31}  {}\n", with_parameters(loss.facts()), describe(cost_formula(loss)));
    fmt::print("\noutputs that each loss accepts (* canonical, dZ = A - Y):\n");
    for (const AnyLoss& loss : all_losses()) fmt::print("  {:<31}  {}\n", name_of(loss), outputs_of(loss));
    return all_confirmed;
}

}  // namespace

void add_list(CLI::App& app, int& status) {
    app.add_subcommand("list", "the activations, losses with the formulas of their costs, and pairings")
        ->callback([&status] { status = run_list(); });
}

}  // namespace gradproof::program
