// SPDX-License-Identifier: MIT
#include "program/commands/check.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "diagnosis/report.hpp"
#include "program/declaration.hpp"
#include "program/output.hpp"
#include "program/watch.hpp"

namespace gradproof::cli {
namespace {

void write_json(const std::string& file, const std::string& json) {
    std::ofstream out(file, std::ios::binary);
    out << json;
    if (!out.flush()) throw npz::Error(fmt::format("--json {}: cannot be written", npz::printable(file)));
}

mistakes::Diagnosis watched_diagnosis(const mistakes::Submission& submission) {
    Watch watch("entries");
    return mistakes::diagnose(submission, {.progress = watch.progress(), .stop = watch.stop()});
}

}  // namespace

int run_check(const CheckOptions& options) {
    try {
        const mistakes::Diagnosis diagnosis =
            watched_diagnosis(mistakes::read_submission(options.file, declaration_of(options)));
        if (options.json == "-") {
            fmt::print("{}", mistakes::report_json(diagnosis));
        } else {
            fmt::print("{}", mistakes::report_text(diagnosis));
            if (!options.json.empty()) write_json(options.json, mistakes::report_json(diagnosis));
        }
        return status_of(diagnosis.outcome());
    } catch (const npz::Error& error) {
        fmt::print(stderr, "gradproof check: {}\n", error.what());
        return 2;
    }
}

}  // namespace gradproof::cli
