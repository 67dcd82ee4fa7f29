// SPDX-License-Identifier: MIT
#include "program/commands/check_formula.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "differences/coloured.hpp"
#include "notes/engines/engines.hpp"
#include "notes/typed/derivative_check.hpp"
#include "program/command_line.hpp"
#include "program/declaration.hpp"
#include "program/output.hpp"

namespace gradproof::program {
namespace {

struct CheckFormulaOptions {
    std::string formula;
    std::string derivative;
    std::vector<std::string> settings{};
    Colour colour = Colour::automatic;
};

checks::Outcome outcome_of(notes::Status status) {
    switch (status) {
        case notes::Status::refuted:
            return checks::Outcome::refuted;
        case notes::Status::undecided:
            return checks::Outcome::undecided;
        default:
            return checks::Outcome::confirmed;
    }
}

int run_check_formula(const CheckFormulaOptions& options) {
    try {
        const notes::DerivativeVerdict verdict = notes::check_derivative(
            options.formula, options.derivative, settings_in(options.settings), proof::engines());
        const checks::Outcome outcome = outcome_of(verdict.status);
        fmt::print("{}: ({})' = {}\n{}\n",
                   checks::coloured(outcome, checks::name_of(outcome), wants_colour(options.colour)), options.formula,
                   options.derivative, verdict.text);
        for (const std::string& what : verdict.is) fmt::print("it is {}\n", what);
        return status_of(outcome);
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "gradproof check-formula: {}\n", error.what());
    } catch (const npz::Error& error) {
        fmt::print(stderr, "gradproof check-formula: {}\n", error.what());
    }
    return bad_input;
}

}  // namespace

void add_check_formula(CLI::App& app, int& status) {
    const auto options = std::make_shared<CheckFormulaOptions>();
    auto* command = app.add_subcommand("check-formula", "check a derivative worked out by hand: for all z");
    command->footer(
        "  gradproof check-formula \"tanh(z)\" --derivative \"1 - z^2\"\n"
        "  gradproof check-formula \"z sigmoid(beta z)\" --derivative \"...\" --set beta=1.5\n\n" +
        app.get_footer());
    command->add_option("formula", options->formula, "g, a formula in z")->required();
    command->add_option("--derivative", options->derivative, "what you have for g', a formula in z")->required();
    command->add_option("--set", options->settings, "alpha=0.9: a number for a letter")->allow_extra_args(false);
    add_colour(*command, options->colour);
    command->callback([options, &status] { status = run_check_formula(*options); });
}

}  // namespace gradproof::program
