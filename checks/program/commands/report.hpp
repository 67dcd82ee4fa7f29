// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof report: writes the report and says where. Sets the exit status of what it shows; throws std::runtime_error
/// for files that cannot be read or written. `app` keeps a reference to `status`.
void add_report(CLI::App& app, int& status);

}  // namespace gradproof::program
