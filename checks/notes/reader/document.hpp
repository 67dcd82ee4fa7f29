// SPDX-License-Identifier: MIT
//
// A note as the checker understands it: its symbols, definitions and claims.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "notes/graph/shapes.hpp"
#include "notes/reader/parser.hpp"
#include "notes/reader/tree.hpp"
#include "notes/second_reader/reader.hpp"

namespace gradproof::notes {

/// One relation of a chain.
struct Claim {
    Relation relation = Relation::equal;
    Tree left;
    Tree right;
    std::vector<Tree> conditions;  ///< compare, member or not_member
    IndexRanges free_indices;      ///< the claim is meant for all their values
    Position where;                ///< of the relation
    std::size_t fence = 0;         ///< into Document::fences
    int step = 1;                  ///< which relation of its statement
    int steps = 1;
};

/// A definition made with :=.
struct Definition {
    int symbol = -1;
    std::size_t fence = 0;
    Position where;
};

/// What is known of a fence besides its text.
struct CheckedFence {
    std::size_t index = 0;  ///< into Note::fences
    int line = 0;
    std::string tag;   ///< "a minus y"; may be empty
    std::string name;  ///< of its test case: the tag as a slug, or the heading's
    int statements = 0;
};

struct Document {
    Note note;
    Names names;  ///< at the end of the note
    std::vector<Claim> claims;
    std::vector<Definition> definitions;
    std::vector<CheckedFence> fences;  ///< those that are to be checked
    std::vector<std::string> imports;  ///< the notes it takes its notation from, by path
    std::vector<NoteError> errors;     ///< one for each fence or table row that could not be read
    std::size_t not_checked = 0;       ///< fences marked as prose
    second::Account second;            ///< the same claims as another reader understands them
};

/// All notes that were read, with one common list of symbols. A note that another takes its notation from is read
/// first and once.
class Library {
  public:
    /// Reads a note. What is wrong in it is collected in Document::errors; throws NoteError only if the file itself
    /// cannot be scanned or imports itself.
    const Document& read(const std::filesystem::path& path);
    /// The same for a note in memory; `path` names it, and what it imports is looked up beside it.
    const Document& read_text(std::string_view text, const std::filesystem::path& path);

    const std::deque<Document>& documents() const { return documents_; }
    const std::vector<Symbol>& symbols() const { return symbols_; }
    const Document* find(const std::filesystem::path& path) const;

  private:
    std::deque<Document> documents_;
    std::map<std::string, std::size_t> by_path_;
    std::vector<std::string> being_read_;
    std::vector<Symbol> symbols_;

    const Document& read_scanned(Note note);
    friend class DocumentReader;
};

/// The part of a path or case name that a text gives: "a minus y" -> "a_minus_y".
std::string slug_of(std::string_view text);

/// Reads a cell of the column "values" into a symbol (domain, shape, kind). `tokens` are of the formula in the cell,
/// `words` is what stands outside of it. Throws NoteError.
void read_values(Symbol& symbol, std::string_view words, std::string_view formula, const std::filesystem::path& file,
                 Position where, const Names& names, const std::vector<Symbol>& symbols);

}  // namespace gradproof::notes
