// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof list: prints the activations, the losses and the pairings that make sense, canonical ones marked. Sets
/// exit status 0. `app` keeps a reference to `status`.
void add_list(CLI::App& app, int& status);

}  // namespace gradproof::program
