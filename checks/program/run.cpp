// SPDX-License-Identifier: MIT
#include "program/run.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "program/output.hpp"
#include "spelling/unknown_name.hpp"

namespace gradproof::program {
namespace {

// Stands below the help of every command as well.
constexpr auto ending = R"(exit status: 0 confirmed, 1 refuted, 2 input or usage error, 3 undecided

Ctrl-C ends verify, check and power with what is known so far; what they did not come to is undecided.)";

int run_command(int argc, const char* const* argv, std::span<const AddCommand> commands, std::string_view examples) {
    CLI::App app("gradproof confirms the formulas of backpropagation, and gradients made with them, by differences",
                 "gradproof");
    app.footer(ending);
    app.require_subcommand(0, 1);
    int status = all_confirmed;

    for (const AddCommand add : commands) add(app, status);
    app.footer(std::string(examples) + ending);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
        std::vector<std::string> names;
        for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
        if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty())
            fmt::print(stderr, "gradproof: {}\n", unknown_name("command", argv[1], names));
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

int run(int argc, const char* const* argv, std::span<const AddCommand> commands, std::string_view examples) {
    try {
        return run_command(argc, argv, commands, examples);
    } catch (const std::exception& error) {
        fmt::print(stderr, "gradproof: {}\n", error.what());
        return bad_input;
    }
}

}  // namespace gradproof::program
