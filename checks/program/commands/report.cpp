// SPDX-License-Identifier: MIT
#include "program/commands/report.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "diagnosis/report.hpp"
#include "pages/report/page.hpp"
#include "program/command_line.hpp"
#include "program/declaration.hpp"
#include "program/output.hpp"

namespace gradproof::program {
namespace {

struct ReportOptions {
    std::string out;               ///< the folder that index.html is written to; made if it does not exist
    std::string data;              ///< a CSV file to train a network on, or empty
    std::size_t iterations = 200;  ///< steps of gradient descent on the data
    CheckOptions submission;       ///< a .npz file to show the diagnosis of; its `file` is empty if there is none
    std::string book;              ///< where the notes are as pages, relative to the report, or empty
};

int run_report(const ReportOptions& options) {
    report::PageContent content;
    content.book = options.book;
    // The data first: a file that cannot be read should be said at once.
    if (!options.data.empty()) {
        content.data_name = std::filesystem::path(options.data).filename().string();
        content.network = report::network_evidence(checks::read_labelled_csv(options.data), options.iterations);
    }
    int submission_status = all_confirmed;
    if (!options.submission.file.empty()) {
        const diagnosis::Diagnosis diagnosis = diagnosis::diagnose(
            diagnosis::read_submission(options.submission.file, declaration_of(options.submission)));
        content.submission = diagnosis::report_json(diagnosis);
        submission_status = status_of(diagnosis.outcome());
    }
    content.pairings = report::pairing_evidence();
    const std::string page = report::page_of(content);

    const std::filesystem::path folder = options.out;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw std::runtime_error(fmt::format("{}: the folder cannot be made: {}", options.out, error.message()));
    const std::filesystem::path file = folder / "index.html";
    std::ofstream out(file, std::ios::binary);
    if (!(out << page).flush()) throw std::runtime_error(fmt::format("{}: cannot be written", file.string()));
    fmt::print("{}\n", file.string());

    const bool pairings_hold = std::all_of(content.pairings.begin(), content.pairings.end(),
                                           [](const report::PairingEvidence& one) { return one.as_expected; });
    if (!pairings_hold) return something_refuted;
    const int network_status = content.network ? status_of(content.network->outcome) : all_confirmed;
    // Refuted before undecided before confirmed.
    if (submission_status == something_refuted || network_status == something_refuted) return something_refuted;
    return std::max(submission_status, network_status);
}

}  // namespace

void add_report(CLI::App& app, int& status) {
    const auto options = std::make_shared<ReportOptions>();
    auto* command = app.add_subcommand("report", "write the evidence as a page to look at");
    command->add_option("--out", options->out, "the folder for index.html")->required();
    command->add_option("--data", options->data, "a CSV file to train a network on, as for verify");
    command->add_option("--iterations", options->iterations, "steps of gradient descent on the data")
        ->capture_default_str();
    auto* npz = command->add_option("--npz", options->submission.file, "a .npz file to show the diagnosis of");
    add_declaration(*command, options->submission);
    for (const char* needed : {"--output", "--loss"}) npz->needs(command->get_option(needed));
    command->add_option("--book", options->book, "where the notes are as pages, relative to the report");
    command->callback([options, &status] { status = run_report(*options); });
}

}  // namespace gradproof::program
