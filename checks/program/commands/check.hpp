// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof check: run_check with options from the command line. `app` keeps a reference to `status`.
void add_check(CLI::App& app, int& status);

}  // namespace gradproof::program
