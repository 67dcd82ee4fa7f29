// SPDX-License-Identifier: MIT
//
// The shape of every part of a formula, and with it the forgotten transposes.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "notes/reader/tree.hpp"

namespace gradproof::notes {

/// How far each index of a statement runs: found where it is used as a subscript.
using IndexRanges = std::map<std::string, Dimension, std::less<>>;

struct ShapeContext {
    const std::vector<Symbol>& symbols;
    std::filesystem::path file;
    std::string_view text;  ///< of the fence, for messages; may be empty
    IndexRanges ranges;
};

/// Whether the two are the same: by name, or by number where a size has one listed number.
bool same_dimension(const std::vector<Symbol>& symbols, const Dimension& a, const Dimension& b);
bool same_shape(const std::vector<Symbol>& symbols, const Shape& a, const Shape& b);

/// "3 × m", "a number".
std::string describe(const Shape& shape);

/// Sets the shape of every node and the range of every index. Throws NoteError naming both shapes and both parts where
/// two shapes do not fit.
void set_shapes(Tree& tree, ShapeContext& context);

/// Checks that two sides of a relation have one shape, or one of them is a number standing for all entries.
void require_related(const Tree& left, const Tree& right, const ShapeContext& context);

/// What a part looks like in the note.
std::string source_of(const Tree& tree, std::string_view text);

}  // namespace gradproof::notes
