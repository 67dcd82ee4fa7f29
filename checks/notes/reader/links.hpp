// SPDX-License-Identifier: MIT
//
// Where notes and code point at each other.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// A place in the code that names a note: "derivations/activations/sigmoid.md (derivative)".
struct Citation {
    std::filesystem::path file;
    int line = 0;
    std::string note;  ///< "activations/sigmoid"
    std::string tag;   ///< a slug; empty if the whole note is meant
};

/// All citations in the headers and sources below a folder.
std::vector<Citation> citations_below(const std::filesystem::path& folder);

/// What leads nowhere, one message with file:line each: citations of notes or tags that do not exist, and links of the
/// notes to files or headings that do not exist. `root` is the folder that holds lib, checks and derivations.
std::vector<std::string> broken_links(Library& library, const std::filesystem::path& root);

/// Tagged formulas that are compared with the code but that no code cites, as "note (tag)".
std::vector<std::string> uncited_formulas(const std::filesystem::path& root,
                                          const std::vector<std::pair<std::string, std::string>>& formulas);

/// All notes below a folder, sorted.
std::vector<std::filesystem::path> notes_below(const std::filesystem::path& folder);

/// A tag as cross-checks and citations compare it: "dA output" -> "da_output".
std::string tag_slug(std::string_view tag);

}  // namespace gradproof::notes
