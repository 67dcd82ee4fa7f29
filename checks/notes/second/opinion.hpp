// SPDX-License-Identifier: MIT
//
// Do both readers understand a fence in the same way? All engines are given what the first reader made of a formula, so
// a mistake of it would fool all of them; here a reader that shares nothing with it says what it understands, and the
// two must be the same, node by node: every definition, claim and condition of every fence.
//
// Trusted: the scanner of the Markdown, reading_of(tree) (one line a kind), and that both readers do not misunderstand
// the rules of derivations/notation.md in the same way. Shapes, the values that a table allows, and how a tree is
// expanded and decided are not compared here.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "notes/document.hpp"
#include "notes/second/reader.hpp"

namespace gradproof::notes::second {

/// Follows the first reader through a note, fence by fence.
class Opinion {
  public:
    /// The names of a note that this one takes its notation from.
    void import(const Names& names, const std::vector<Symbol>& symbols);
    void declare_table(const Table& table);

    /// Reads the fence that the definitions and claims from those numbers on were read from. Nothing if both readers
    /// agree; else what each of them understood, for the first statement where they do not.
    std::optional<std::string> disagreement(std::string_view fence, const Document& document,
                                            const std::vector<Symbol>& symbols, std::size_t first_definition,
                                            std::size_t first_claim);

  private:
    Declarations declarations_;
    std::set<std::string, std::less<>> own_;
};

}  // namespace gradproof::notes::second
