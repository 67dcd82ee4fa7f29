// SPDX-License-Identifier: MIT
//
// The program: reads the command line and calls. CLI11's own exit statuses are mapped to ours, since 0 to 3 have
// meanings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <vector>

#include "claims/registry.hpp"
#include "notes/engines/engines.hpp"
#include "program/commands/check.hpp"
#include "program/commands/explain.hpp"
#include "program/commands/list.hpp"
#include "program/commands/notes.hpp"
#include "program/commands/power.hpp"
#include "program/commands/report.hpp"
#include "program/commands/verify.hpp"
#include "program/output.hpp"
#include "spelling/unknown_name.hpp"

namespace {

using namespace gradproof::cli;

constexpr auto footer = R"(examples:
  gradproof verify
  gradproof verify --data checks/data/breast_cancer.csv
  gradproof explain sigmoid binary_cross_entropy
  gradproof check mine.npz --hidden relu --output sigmoid --loss binary_cross_entropy
  gradproof notes derivations/the_question.md
  gradproof list
  gradproof report --out report --data checks/data/breast_cancer.csv

A file for gradproof check is written in Python by
  np.savez("mine.npz", X=X, Y=Y, **parameters, **grads)

exit status: 0 confirmed, 1 refuted, 2 input or usage error, 3 undecided

Ctrl-C ends verify, check and power with what is known so far; what they did not come to is undecided.)";

void add_colour(CLI::App& command, Colour& colour) {
    static const std::map<std::string, Colour> choices{
        {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
    command
        .add_option_function<std::string>(
            "--color", [&colour](const std::string& when) { colour = choices.at(when); }, "auto, always or never")
        ->type_name("WHEN")
        ->check(CLI::IsMember(choices).description(""));
}

// What a file of gradients cannot say about itself.
void add_declaration(CLI::App& command, CheckOptions& options) {
    command.add_option("--hidden", options.hidden, "the hidden activation, or one for each hidden layer: relu,tanh");
    command.add_option("--output", options.output, "the output activation");
    command.add_option("--loss", options.loss, "the loss");
    command.add_option("--lambda", options.lambda, "weight of the L2 regularisation");
    command.add_option("--convention", options.convention,
                       "dls (examples in columns), cs231n or torch; found by the shapes if they allow only one");
    command.add_option("--layers", options.layers, "sizes, as 30,20,7,5,1; taken from the shapes if left out");
}

int run(int argc, char** argv) {
    CLI::App app("gradproof confirms the formulas of backpropagation, and gradients made with them, by differences",
                 "gradproof");
    // The commands take over how it ends; their examples stand in the help of the whole.
    const std::string_view whole(footer);
    const std::string ending(whole.substr(whole.find("exit status")));
    app.footer(ending);
    app.require_subcommand(0, 1);
    int status = all_confirmed;

    VerifyOptions verify_options;
    auto* verify =
        app.add_subcommand("verify", "check every claim; with --data also on a network trained on real data");
    verify->add_option("--data", verify_options.data, "a CSV file: features and a label 0 or 1 a line");
    verify->add_option("--iterations", verify_options.iterations, "steps of gradient descent on the data")
        ->capture_default_str()
        ->needs("--data");
    verify->add_option("--json", verify_options.json, "write the result as JSON to this file, - for standard output");
    add_colour(*verify, verify_options.colour);
    verify->callback([&] { status = run_verify(verify_options); });

    app.add_subcommand("list", "the activations, losses with the formulas of their costs, and pairings")->callback([&] {
        status = run_list();
    });

    ExplainOptions explain_options;
    auto* explain = app.add_subcommand("explain", "what is claimed of a pairing, the numbers, and which note to read");
    explain->add_option("activation", explain_options.activation, "for example sigmoid")->required();
    explain->add_option("loss", explain_options.loss, "for example binary_cross_entropy")->required();
    add_colour(*explain, explain_options.colour);
    explain->callback([&] { status = run_explain(explain_options); });

    CheckOptions check_options;
    auto* check = app.add_subcommand("check", "check the gradients in a .npz file and name the mistake");
    check->footer(
        "The file holds X, Y, W1, b1, ..., dW1, db1, ... and, if you have them, Z1, A1, dZ1, dA1, ..., cost:\n"
        "  np.savez(\"mine.npz\", X=X, Y=Y, **parameters, **grads)\n\n"
        "dW and db are checked as the derivatives of one cost J: the mean over the examples of the declared loss, "
        "summed\n"
        "over the outputs; --lambda adds lambda/(2m) (dls) or lambda/2 (cs231n, torch) times the sum of the squared\n"
        "weights. The formula of J, with its factor, is the second line of the output; gradproof list shows that of "
        "every\n"
        "loss. A cost in the file must be this J, or the file is refuted.\n\n" +
        ending);
    check->add_option("file", check_options.file, "the .npz file")->required();
    add_declaration(*check, check_options);
    check->get_option("--output")->required();
    check->get_option("--loss")->required();
    check->add_option("--json", check_options.json, "write the report as JSON to this file, - for standard output");
    check->callback([&] { status = run_check(check_options); });

    NotesOptions notes_options;
    std::vector<std::filesystem::path> notes_files;
    bool fast = false;
    auto* notes = app.add_subcommand("notes", "verify every formula of the notes");
    notes->footer(
        "The table counts the claims of each note by how they were decided: exact, proved by algebra; certified,\n"
        "proved with enclosures of real numbers; sampled, tried at points with 50 digits. Tied is what was compared\n"
        "with the code, prose what no engine reads, each with its reason.\n\n" +
        ending);
    notes->add_option("files", notes_files, "the notes to read; all of derivations if left out");
    notes->add_flag("--fast", fast, "with the 50-digit engine alone, as on every save");
    notes->add_flag("-v,--verbose", notes_options.verbose, "list every claim, how it was decided and what that took");
    notes->add_flag("--write-table", notes_options.write_table, "write the table of derivations/README.md anew");
    add_colour(*notes, notes_options.colour);
    notes->callback([&] {
        if (!fast) {
            notes_options.engines = gradproof::proof::engines();
            notes_options.distance = gradproof::proof::distance_bound();
        }
        status = run_notes(notes_files, notes_options);
    });

    PowerCommandOptions power_options;
    auto* power = app.add_subcommand("power", "how many planted mistakes the check catches and names");
    power->add_option("--seeds", power_options.seeds, "networks drawn for each setting")->capture_default_str();
    power->add_option("--every", power_options.every, "plant every n-th mistake only")->capture_default_str();
    power->add_flag("--examples", power_options.examples, "also print the missed and wrongly named ones");
    power->callback([&] { status = run_power(power_options); });

    ReportOptions report_options;
    auto* report = app.add_subcommand("report", "write the evidence as a page to look at");
    report->add_option("--out", report_options.out, "the folder for index.html")->required();
    report->add_option("--data", report_options.data, "a CSV file to train a network on, as for verify");
    report->add_option("--iterations", report_options.iterations, "steps of gradient descent on the data")
        ->capture_default_str();
    auto* npz = report->add_option("--npz", report_options.submission.file, "a .npz file to show the diagnosis of");
    add_declaration(*report, report_options.submission);
    for (const char* needed : {"--output", "--loss"}) npz->needs(report->get_option(needed));
    report->add_option("--book", report_options.book, "where the notes are as pages, relative to the report");
    report->callback([&] { status = run_report(report_options); });

    app.footer(footer);
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
