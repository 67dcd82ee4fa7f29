// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof check-formula: a derivative that somebody claims for a formula, decided for all z. `app` keeps a reference
/// to `status`.
void add_check_formula(CLI::App& app, int& status);

}  // namespace gradproof::program
