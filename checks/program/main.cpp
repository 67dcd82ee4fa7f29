// SPDX-License-Identifier: MIT
//
// The program: reads the command line and calls. CLI11's own exit statuses are mapped to ours, since 0 to 3 have
// meanings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "program/commands/check.hpp"
#include "program/commands/check_formula.hpp"
#include "program/commands/explain.hpp"
#include "program/commands/list.hpp"
#include "program/commands/notes.hpp"
#include "program/commands/power.hpp"
#include "program/commands/report.hpp"
#include "program/commands/verify.hpp"
#include "program/output.hpp"
#include "spelling/unknown_name.hpp"

namespace {

using namespace gradproof::program;

constexpr auto examples = R"help(examples:
  gradproof verify
  gradproof verify --data checks/data/breast_cancer.csv
  gradproof explain sigmoid binary_cross_entropy
  gradproof check mine.npz --hidden relu --output sigmoid --loss binary_cross_entropy
  gradproof check-formula "tanh(z)" --derivative "1 - z^2"
  gradproof notes derivations/the_question.md
  gradproof list
  gradproof report --out report --data checks/data/breast_cancer.csv

A file for gradproof check is written in Python by
  np.savez("mine.npz", X=X, Y=Y, **parameters, **grads)

)help";

// Stands below the help of every command as well.
constexpr auto ending = R"(exit status: 0 confirmed, 1 refuted, 2 input or usage error, 3 undecided

Ctrl-C ends verify, check and power with what is known so far; what they did not come to is undecided.)";

int run(int argc, char** argv) {
    CLI::App app("gradproof confirms the formulas of backpropagation, and gradients made with them, by differences",
                 "gradproof");
    app.footer(ending);
    app.require_subcommand(0, 1);
    int status = all_confirmed;

    for (const auto add :
         {add_verify, add_list, add_explain, add_check, add_check_formula, add_notes, add_power, add_report})
        add(app, status);
    app.footer(std::string(examples) + ending);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
        std::vector<std::string> commands;
        for (const auto* command : app.get_subcommands({})) commands.push_back(command->get_name());
        if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty())
            fmt::print(stderr, "gradproof: {}\n", gradproof::unknown_name("command", argv[1], commands));
        else
            fmt::print(stderr, "gradproof: {}\nrun gradproof {}--help for the usage\n", error.what(),
                       app.get_subcommands().empty() ? "" : app.get_subcommands().front()->get_name() + " ");
        return bad_input;
    }
    if (app.get_subcommands().empty()) {
        fmt::print("{}", app.help());
        return argc > 1 ? bad_input : all_confirmed;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "gradproof: {}\n", error.what());
        return bad_input;
    }
}
