// SPDX-License-Identifier: MIT
//
// The second reader: from the source of a fence to its statements, by operator precedence over pieces of text. It
// exists to disagree with the first (parser.hpp), so it includes nothing of lexer, parser, command table or tree, has
// its own list of what is declared, and was written from the rules in derivations/notation.md.
//
// It trusts the scanner of the Markdown (note.hpp: what is a fence, a table, a link) and that the first reader has
// accepted the text: it reports no mistakes, and what it cannot read it only refuses.
#pragma once

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "notes/second_reader/reading.hpp"

namespace gradproof::notes::second {

/// What a name is, as far as this decides how a formula is read.
enum class Role { value, function, index, size };

struct Declaration {
    Role role = Role::value;
    std::vector<std::string> parameters;  ///< of a function, if they have names
    std::vector<std::string> indices;     ///< of a definition p_k := ...
    std::vector<std::string> shape;       ///< rows and columns of a value, if the table or its indices tell them
    std::vector<Reading> body;            ///< one, of a definition
    std::string words;                    ///< of the table: "simplex in"
    std::vector<std::string> values;      ///< of the table: the pieces of its formula
    bool ambiguous = false;               ///< another one of this name is in use as well
};

using Declarations = std::map<std::string, Declaration, std::less<>>;

/// The text cannot be read by this reader.
class Unreadable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What a fence says, in its order.
struct Statements {
    std::vector<Reading> definitions;  ///< (:= (name parameters or indices) body)
    std::vector<Reading> claims;       ///< (relation left right condition...)
};

/// What this reader knows of a note: what its names are, and its claims in the order of Document::claims.
struct Account {
    Declarations declarations;
    std::vector<Reading> claims;
};

/// Adds the names that a row of the symbol table declares, from the text of its first and last cell; returns them.
std::vector<std::string> declare(std::string_view symbols, std::string_view values, Declarations& declarations);

/// How far an index runs under a subscript in `body`; empty if that takes more than a look at the declarations.
std::string range_of(std::string_view index, const Reading& body, const Declarations& declarations);

/// Reads a fence, and declares what it defines. `own` are the names of the note's own table: W_1 := ... defines these,
/// never entries of W. Throws Unreadable.
Statements read(std::string_view fence, Declarations& declarations, const std::set<std::string, std::less<>>& own);

}  // namespace gradproof::notes::second
