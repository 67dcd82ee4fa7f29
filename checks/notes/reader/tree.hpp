// SPDX-License-Identifier: MIT
//
// A formula of a note as a typed tree: plain data, made by the parser (parser.hpp), given shapes by shapes.hpp,
// expanded into scalars by graph.hpp, changed by the mutations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "notes/reader/note.hpp"

namespace gradproof::notes {

/// What a node is. "children" says what stands below it, in this order.
enum class Kind : std::uint8_t {
    number,        ///< text: the digits as written, "0.2500"
    constant,      ///< text: "e" or "pi"
    symbol,        ///< symbol: a variable, a definition, or the parameter of a function
    size,          ///< symbol: a size such as m, used as a number
    index,         ///< text: an index such as i, used as a subscript or as a number
    add,           ///< children: two; a number may stand for a matrix filled with it
    subtract,      ///< children: two; likewise
    negate,        ///< children: one
    product,       ///< children: two; written next to each other: of numbers, number and matrix, or of matrices
    hadamard,      ///< children: two of one shape; ⊙
    divide,        ///< children: two; of numbers, matrix by number, or entry by entry for two matrices of one shape
    power,         ///< children: base and exponent, both numbers
    transpose,     ///< children: one
    elementary,    ///< text: exp log sqrt tanh sinh cosh sin cos arctan erf abs; children: one; entry by entry
    maximum,       ///< children: two or more; entry by entry
    minimum,       ///< children: two or more; entry by entry
    call,          ///< symbol: a function; primes; children: its arguments; entry by entry for number parameters
    entry,         ///< children: the matrix, then one index (of a column) or two
    column,        ///< children: the matrix, then the index of the column: x^{(i)}
    sum_over,      ///< text: the index; children: the body [, lower bound, upper bound]
    product_over,  ///< likewise
    max_over,      ///< likewise
    delta,         ///< children: two indices; Kronecker's delta
    ones,          ///< shape; the column of ones \mathbf{1}_n
    identity,      ///< shape; I_n
    diagonal,      ///< children: a column; the square matrix with it on the diagonal
    determinant,   ///< children: a square matrix
    trace,         ///< children: a square matrix
    norm,          ///< children: one; the root of the sum of the squared entries
    matrix,        ///< shape; children: the entries, row by row
    cases,         ///< children: value, condition, value, condition, ...
    compare,       ///< relation; children: two numbers; a condition
    member,        ///< children: a number and a set; a condition
    not_member,    ///< likewise
    interval,      ///< ends; children: the lower and the upper end, numbers or `infinity`
    finite_set,    ///< children: the members
    reals,         ///< \mathbb{R}
    infinity,      ///< an end that an interval does not have: as its lower one -\infty
    otherwise,     ///< the last condition of `cases`
    derivative,    ///< children: what is differentiated, then what by, once for each order (symbols or entries)
};

enum class Relation : std::uint8_t {
    defines,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    approximately
};

/// A number of rows or columns: the name of a size ("n", "n^{[l]}"), or a number in digits. Sizes with different names
/// are different, whatever numbers are listed for them.
using Dimension = std::string;

/// Numbers are 1 × 1, columns n × 1.
struct Shape {
    Dimension rows = "1";
    Dimension columns = "1";
    bool is_number() const { return rows == "1" && columns == "1"; }
    bool is_column() const { return columns == "1"; }
    friend bool operator==(const Shape&, const Shape&) = default;
};

/// Which ends belong to an interval.
struct Ends {
    bool lower = false;
    bool upper = false;
    friend bool operator==(const Ends&, const Ends&) = default;
};

struct Tree {
    Kind kind = Kind::number;
    Relation relation = Relation::equal;  ///< of `compare`
    Ends ends;                            ///< of `interval`
    int symbol = -1;                      ///< into Scope::symbols
    int primes = 0;                       ///< of `call`: g'' has 2
    std::string text;
    std::vector<Tree> children;
    Shape shape;
    int depth = 1;          ///< of the tree, kept small by the parser
    Position where;         ///< in the note
    std::size_t begin = 0;  ///< in the text of the fence
    std::size_t end = 0;    ///< one past the last byte

    /// The same formula, wherever it stands.
    friend bool operator==(const Tree& a, const Tree& b) {
        return a.kind == b.kind && a.relation == b.relation && a.ends == b.ends && a.symbol == b.symbol &&
               a.primes == b.primes && a.text == b.text && a.shape == b.shape && a.children == b.children;
    }
};

/// What values a free symbol takes.
struct Domain {
    enum class Kind : std::uint8_t {
        interval,  ///< every entry lies between `lower` and `upper`; empty text is infinite
        finite,    ///< every entry is one of `members`
        one_hot,   ///< a column with one 1, else 0
        simplex,   ///< a column of numbers in [0, 1] with sum 1
    };
    Kind kind = Kind::interval;
    std::string lower;  ///< in digits, with sign
    std::string upper;
    bool closed_below = false;
    bool closed_above = false;
    std::vector<std::string> members;
};

enum class SymbolKind : std::uint8_t {
    variable,    ///< free: takes every value of its domain
    definition,  ///< name := body; with indices, name_k := body
    function,    ///< name(parameters) := body
    opaque,      ///< a function about which only smoothness (or that it increases) is known
    parameter,   ///< of a function
    size,        ///< a number of rows or columns, at the listed values
    index,       ///< a free index with a declared range 1 ... `range`
};

struct Symbol {
    std::string name;  ///< as LaTeX, with {} around every sub- and superscript: "W_{1}", "Z^{[l]}"
    std::string meaning;
    SymbolKind kind = SymbolKind::variable;
    Shape shape;  ///< of the value; of a function, of its value
    Domain domain;
    std::vector<int> parameters;       ///< of a function: symbols
    std::vector<std::string> indices;  ///< of a definition name_k := body: "k"
    Tree body;                         ///< of a definition or function
    std::vector<int> listed;           ///< of a size: the numbers at which the claims are checked
    Dimension range;                   ///< of an index
    bool increasing = false;           ///< of an opaque function
    std::string file;
    Position where;       ///< where it is declared or defined
    int depth = 1;        ///< of the body, with the definitions that it builds on
    int definition = -1;  ///< its place in Document::definitions, if it has one
};

}  // namespace gradproof::notes
