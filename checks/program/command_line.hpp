// SPDX-License-Identifier: MIT
//
// What several commands take on the command line.
#pragma once

#include "program/check.hpp"
#include "program/output.hpp"

namespace CLI {
class App;
}

namespace gradproof::program {

/// --color. `command` keeps a reference to `colour`.
void add_colour(CLI::App& command, Colour& colour);

/// What a file of gradients cannot say about itself: --hidden, --output, --loss, and what it may need besides.
/// `command` keeps references to `options`.
void add_declaration(CLI::App& command, CheckOptions& options);

}  // namespace gradproof::program
