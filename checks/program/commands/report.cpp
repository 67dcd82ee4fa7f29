// SPDX-License-Identifier: MIT
#include "program/commands/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "diagnosis/report.hpp"
#include "pages/report/page.hpp"
#include "program/declaration.hpp"
#include "program/output.hpp"

namespace gradproof::cli {

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
        const mistakes::Diagnosis diagnosis =
            mistakes::diagnose(mistakes::read_submission(options.submission.file, declaration_of(options.submission)));
        content.submission = mistakes::report_json(diagnosis);
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
                                           [](const report::PairingEvidence& one) { return one.as_it_must; });
    if (!pairings_hold) return something_refuted;
    const int network_status = content.network ? status_of(content.network->outcome) : all_confirmed;
    // Refuted before undecided before confirmed.
    if (submission_status == something_refuted || network_status == something_refuted) return something_refuted;
    return std::max(submission_status, network_status);
}

}  // namespace gradproof::cli
