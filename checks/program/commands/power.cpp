// SPDX-License-Identifier: MIT
#include "program/commands/power.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "diagnosis/power/power.hpp"
#include "program/output.hpp"
#include "program/watch.hpp"

namespace gradproof::cli {
namespace {

mistakes::Power watched_power(const PowerCommandOptions& options) {
    Watch watch("networks");
    return mistakes::measure_power(
        {.seeds = options.seeds, .every = options.every, .progress = watch.progress(), .stop = watch.stop()});
}

}  // namespace

int run_power(const PowerCommandOptions& options) {
    if (options.seeds < 1 || options.every < 1) {
        fmt::print(stderr, "gradproof power: --seeds and --every must be 1 or more\n");
        return bad_input;
    }
    const mistakes::Power power = watched_power(options);
    fmt::print("{}", mistakes::power_text(power));
    if (options.examples)
        for (const auto* examples : {&power.examples, &power.at_kinks.examples})
            for (const auto& example : *examples) fmt::print("\n{}\n", example);
    if (power.total().missed > 0 || power.false_alarms > 0 || !power.at_kinks.examples.empty())
        return something_refuted;
    return power.networks_left_out + power.at_kinks.networks_left_out > 0 ? something_undecided : all_confirmed;
}

}  // namespace gradproof::cli
