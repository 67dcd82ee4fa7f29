// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof power: plants every mistake of the catalogue into many networks and prints how many the check catches and
/// names, next to rules with fixed tolerances, as Markdown. Sets the exit status: 0, 1 if a wrong gradient was
/// confirmed or a right one refuted, 2 for options that make no sense, 3 if Ctrl-C ended it before and nothing was
/// wrong until then. `app` keeps a reference to `status`.
void add_power(CLI::App& app, int& status);

}  // namespace gradproof::program
