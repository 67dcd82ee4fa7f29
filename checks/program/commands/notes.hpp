// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof notes: checks every formula of the notes, prints what fails with file and line, and a table: claims, how
/// each was decided, formulas tied to the code, formulas that are prose with the reason. Sets the exit status: 0 if all
/// hold, 1 if one fails or could not be decided, 2 if a note cannot be read. `app` keeps a reference to `status`.
void add_notes(CLI::App& app, int& status);

}  // namespace gradproof::program
