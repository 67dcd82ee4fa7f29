// SPDX-License-Identifier: MIT
//
// The program: reads the command line and calls. CLI11's own exit statuses are mapped to ours, since 0 to 3 have
// meanings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "claims/registry.hpp"
#include "cli/explain_command.hpp"
#include "cli/list_command.hpp"
#include "cli/output.hpp"
#include "cli/verify_command.hpp"

namespace {

using namespace gradproof::cli;

constexpr auto footer = R"(examples:
  gradproof verify
  gradproof verify --data checks/data/breast_cancer.csv
  gradproof explain sigmoid binary_cross_entropy
  gradproof list

exit status: 0 confirmed, 1 refuted, 2 input or usage error, 3 undecided)";

void add_colour(CLI::App& command, Colour& colour) {
    command.add_option("--color", colour, "auto, always or never")
        ->transform(CLI::CheckedTransformer(std::map<std::string, Colour>{
            {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}}));
}

int run(int argc, char** argv) {
    CLI::App app("gradproof confirms the formulas of backpropagation, and gradients made with them, by differences",
                 "gradproof");
    app.footer(footer);
    app.require_subcommand(0, 1);
    int status = all_confirmed;

    VerifyOptions verify_options;
    auto* verify =
        app.add_subcommand("verify", "check every claim; with --data also on a network trained on real data");
    verify->add_option("--data", verify_options.data, "a CSV file: features and a label 0 or 1 a line");
    verify->add_option("--iterations", verify_options.iterations, "steps of gradient descent on the data")
        ->capture_default_str();
    verify->add_option("--json", verify_options.json, "write the result as JSON to this file, - for standard output");
    add_colour(*verify, verify_options.colour);
    verify->callback([&] { status = run_verify(verify_options); });

    app.add_subcommand("list", "the activations, losses and pairings")->callback([&] { status = run_list(); });

    ExplainOptions explain_options;
    auto* explain = app.add_subcommand("explain", "what is claimed of a pairing, the numbers, and which note to read");
    explain->add_option("activation", explain_options.activation, "for example sigmoid")->required();
    explain->add_option("loss", explain_options.loss, "for example binary_cross_entropy")->required();
    add_colour(*explain, explain_options.colour);
    explain->callback([&] { status = run_explain(explain_options); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
        std::vector<std::string> commands;
        for (const auto* command : app.get_subcommands({})) commands.push_back(command->get_name());
        if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty())
            fmt::print(stderr, "gradproof: {}\n", gradproof::checks::unknown_name("command", argv[1], commands));
        else
            fmt::print(stderr, "gradproof: {}\nrun gradproof --help for the usage\n", error.what());
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
