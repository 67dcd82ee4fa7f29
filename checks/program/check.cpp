// SPDX-License-Identifier: MIT
#include "program/check.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

#include "diagnosis/report.hpp"
#include "program/declaration.hpp"
#include "program/output.hpp"
#include "program/watch.hpp"

namespace gradproof::program {
namespace {

diagnosis::Diagnosis watched_diagnosis(const diagnosis::Submission& submission) {
    Watch watch("entries");
    return diagnosis::diagnose(submission, {.progress = watch.progress(), .stop = watch.stop()});
}

}  // namespace

int run_check(const CheckOptions& options) {
    try {
        const diagnosis::Diagnosis diagnosis =
            watched_diagnosis(diagnosis::read_submission(options.file, declaration_of(options)));
        if (options.json != "-")
            fmt::print("{}", options.quiet ? diagnosis::summary_text(diagnosis)
                                           : diagnosis::report_text(diagnosis, {.width = screen_width(),
                                                                                .colour = wants_colour(options.colour),
                                                                                .verbose = options.verbose}));
        if (!options.json.empty()) write_json(diagnosis::report_json(diagnosis), options.json);
        return status_of(diagnosis.outcome());
    } catch (const npz::Error& error) {
        fmt::print(stderr, "gradproof check: {}\n", error.what());
    } catch (const std::invalid_argument& error) {  // an activation or a loss that there is not
        fmt::print(stderr, "gradproof check: {}\n", error.what());
    }
    return 2;
}

}  // namespace gradproof::program
