// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "notes/check.hpp"
#include "notes/distance.hpp"
#include "program/output.hpp"

namespace gradproof::cli {

struct NotesOptions {
    std::filesystem::path derivations = "derivations";  ///< the folder that is checked if no file is given
    std::vector<notes::NamedEngine> engines;            ///< besides the 50-digit one: exact, certified
    notes::DistanceBound distance;                      ///< how the distance of code from its formula is bounded
    bool verbose = false;                               ///< whether to list every claim with its evidence
    bool write_table = false;                           ///< whether to write the table of derivations/README.md anew
    Colour colour = Colour::automatic;
};

/// Checks every formula of the notes, prints what fails with file and line, and a table: claims, how each was decided,
/// formulas tied to the code, formulas that are prose with the reason. Returns 0 if all hold, 1 if one fails or could
/// not be decided, 2 if a note cannot be read.
int run_notes(std::span<const std::filesystem::path> files, const NotesOptions& options);

}  // namespace gradproof::cli
