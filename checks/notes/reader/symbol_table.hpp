// SPDX-License-Identifier: MIT
//
// The table of symbols at the top of a note: what may vary, and in which values.
#pragma once

#include <filesystem>
#include <vector>

#include "notes/reader/parser.hpp"
#include "notes/reader/tree.hpp"

namespace gradproof::notes {

/// Adds a symbol of a note and returns its place.
int add_symbol(std::vector<Symbol>& symbols, Symbol symbol, const std::filesystem::path& file);

/// Declares the symbols of a table, row by row; a row that cannot be read adds an error. `declared` are the names of
/// this note alone, `names` also those it has taken from others.
void read_symbol_table(const Table& table, const std::filesystem::path& file, std::vector<Symbol>& symbols,
                       Names& names, Names& declared, std::vector<NoteError>& errors);

}  // namespace gradproof::notes
