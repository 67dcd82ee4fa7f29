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

#include "notes/reader/document.hpp"
#include "notes/second_reader/reader.hpp"

namespace gradproof::notes::second {

/// Whether two readings are the same. The second reader cannot always tell how far an index without bounds runs; then
/// it has to be from 1 to some size.
bool agree(const Reading& second, const Reading& first);

/// Follows the first reader through a note, fence by fence.
class Opinion {
  public:
    /// What a note is about that this one takes its notation from.
    void import(const Declarations& declarations);
    void declare_table(const Table& table);
    /// Takes over what the first reader knows besides, and the number of claims it keeps, behind a fence that it
    /// refused in the middle.
    void follow(const Names& names, const std::vector<Symbol>& symbols, std::size_t claims);

    /// Reads the fence that the definitions and claims from those numbers on were read from. Nothing if both readers
    /// agree; else what each of them understood, for the first statement where they do not.
    std::optional<std::string> disagreement(std::string_view fence, const Document& document,
                                            const std::vector<Symbol>& symbols, std::size_t first_definition,
                                            std::size_t first_claim);

    const Account& account() const { return account_; }

  private:
    Account account_;
    std::set<std::string, std::less<>> own_;
};

}  // namespace gradproof::notes::second
