// SPDX-License-Identifier: MIT
#include "program/commands/power.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "diagnosis/power/power.hpp"
#include "program/output.hpp"
#include "program/watch.hpp"

namespace gradproof::program {
namespace {

struct PowerCommandOptions {
    int seeds = 1;          ///< networks drawn for each setting
    int every = 1;          ///< plant each n-th mistake only
    bool examples = false;  ///< also print the missed and wrongly named ones
};

diagnosis::Power watched_power(const PowerCommandOptions& options) {
    Watch watch("networks");
    return diagnosis::measure_power(
        {.seeds = options.seeds, .every = options.every, .progress = watch.progress(), .stop = watch.stop()});
}

int run_power(const PowerCommandOptions& options) {
    if (options.seeds < 1 || options.every < 1) {
        fmt::print(stderr, "gradproof power: --seeds and --every must be 1 or more\n");
        return bad_input;
    }
    const diagnosis::Power power = watched_power(options);
    fmt::print("{}", diagnosis::power_text(power));
    if (options.examples)
        for (const auto* examples :
             {&power.examples, &power.at_kinks.examples, &power.of_layers.examples, &power.in_manners.examples})
            for (const auto& example : *examples) fmt::print("\n{}\n", example);
    if (power.total().missed > 0 || power.false_alarms > 0 || !power.at_kinks.examples.empty() ||
        !power.of_layers.examples.empty() || !power.in_manners.examples.empty())
        return something_refuted;
    return power.networks_left_out + power.at_kinks.networks_left_out + power.of_layers.points_left_out > 0
               ? something_undecided
               : all_confirmed;
}

}  // namespace

void add_power(CLI::App& app, int& status) {
    const auto options = std::make_shared<PowerCommandOptions>();
    auto* command = app.add_subcommand("power", "how many planted mistakes the check catches and names");
    command->add_option("--seeds", options->seeds, "networks drawn for each setting")->capture_default_str();
    command->add_option("--every", options->every, "plant every n-th mistake only")->capture_default_str();
    command->add_flag("--examples", options->examples, "also print the missed and wrongly named ones");
    command->callback([options, &status] { status = run_power(*options); });
}

}  // namespace gradproof::program
