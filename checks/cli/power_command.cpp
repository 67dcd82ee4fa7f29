// SPDX-License-Identifier: MIT
#include "cli/power_command.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/output.hpp"
#include "mistakes/power.hpp"

namespace gradproof::cli {

int run_power(const PowerCommandOptions& options) {
    if (options.seeds < 1 || options.every < 1) {
        fmt::print(stderr, "gradproof power: --seeds and --every must be 1 or more\n");
        return bad_input;
    }
    const auto power = mistakes::measure_power({.seeds = options.seeds, .every = options.every});
    fmt::print("{}", mistakes::power_text(power));
    if (options.examples)
        for (const auto& example : power.examples) fmt::print("\n{}\n", example);
    return power.total().missed == 0 && power.false_alarms == 0 ? all_confirmed : something_refuted;
}

}  // namespace gradproof::cli
