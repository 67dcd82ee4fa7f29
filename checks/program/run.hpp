// SPDX-License-Identifier: MIT
//
// The program, but for which commands it has.
#pragma once

#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace gradproof::program {

/// Adds a command to the program. Once it was run, `status` is its exit status.
using AddCommand = void (*)(CLI::App& app, int& status);

/// Reads the command line and runs the command in it. Returns the exit status: CLI11's own are mapped to ours, since 0
/// to 3 have meanings. `examples` stand at the end of the help.
int run(int argc, const char* const* argv, std::span<const AddCommand> commands, std::string_view examples);

}  // namespace gradproof::program
