// SPDX-License-Identifier: MIT
#include "program/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <stdexcept>

#include "diagnosis/layers/array_network_diagnosis.hpp"
#include "diagnosis/report.hpp"
#include "program/declaration.hpp"
#include "program/output.hpp"
#include "program/watch.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::program {
namespace {

diagnosis::Diagnosis watched_diagnosis(const diagnosis::Submission& submission) {
    Watch watch("entries");
    return diagnosis::diagnose(submission, {.progress = watch.progress(), .stop = watch.stop()});
}

diagnosis::Screen screen_of(const CheckOptions& options) {
    return {.width = screen_width(), .colour = wants_colour(options.colour), .verbose = options.verbose};
}

template <class Diagnosis>
int report(const Diagnosis& diagnosis, const CheckOptions& options) {
    if (options.json != "-")
        fmt::print("{}", options.quiet ? diagnosis::summary_text(diagnosis)
                                       : diagnosis::report_text(diagnosis, screen_of(options)));
    if (!options.json.empty()) write_json(diagnosis::report_json(diagnosis), options.json);
    return status_of(diagnosis.outcome());
}

}  // namespace

bool names_steps(std::string_view layers) {
    return std::ranges::any_of(layers, [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

int run_check(const CheckOptions& options) {
    try {
        if (!options.layer.empty())
            return report(
                diagnosis::diagnose_layer(diagnosis::read_layer_submission(options.file, layer_named(options.layer))),
                options);
        if (names_steps(options.layers))
            return report(diagnosis::diagnose_network(
                              diagnosis::read_network_submission(options.file, network_declaration_of(options))),
                          options);
        return report(watched_diagnosis(diagnosis::read_submission(options.file, declaration_of(options))), options);
    } catch (const npz::Error& error) {
        fmt::print(stderr, "gradproof check: {}\n", error.what());
    } catch (const std::invalid_argument& error) {  // an activation, a loss or a layer that there is not
        fmt::print(stderr, "gradproof check: {}\n", error.what());
    }
    return 2;
}

}  // namespace gradproof::program
