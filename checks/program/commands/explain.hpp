// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof explain: prints what is claimed of one pairing, the numbers for and against it, and which note to read.
/// Sets the exit status: 2 with a message that names the nearest known names if activation or loss is unknown, or if
/// the two make no pairing. `app` keeps a reference to `status`.
void add_explain(CLI::App& app, int& status);

}  // namespace gradproof::program
