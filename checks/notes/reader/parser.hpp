// SPDX-License-Identifier: MIT
//
// Recursive descent over the tokens of a fence, with the symbols of the note: which letters are a name, what is a
// function and what an index is decided by what was declared, never guessed.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "notes/reader/lexer.hpp"
#include "notes/reader/tree.hpp"

namespace gradproof::notes {

/// The names that a note can use at one place, and the symbols they stand for.
using Names = std::map<std::string, int, std::less<>>;

/// A name as written, before it is looked up.
struct RawName {
    std::string base;         ///< "W", "dZ", "\\sigma", "\\mathrm{relu}"
    std::string subscript;    ///< canonical text of the group, or empty
    std::string superscript;  ///< only [..] and other parts that can belong to a name
    std::string canonical() const;
};

/// Thrown for a name whose definition could not be read: what is wrong with it has been said already.
struct BuildsOnUnread {};

class Parser {
  public:
    /// `tokens` must outlive the parser and end with a token of type `end`.
    Parser(std::string_view text, std::filesystem::path file, Position origin, const std::vector<Token>& tokens,
           const std::vector<Symbol>& symbols, const Names& names);

    Tree expression();
    /// One condition of `cases`, or behind a claim; a chain 0 < a < 1 gives two.
    std::vector<Tree> conditions();
    /// The relation that starts here (and steps over it), if one does.
    bool relation(Relation& found, std::size_t& begin);
    /// A name in front of :=, looked up by nobody.
    RawName raw_name();

    const Token& peek(std::size_t ahead = 0) const;
    const Token& next();
    bool skip(char c);
    void expect(char c, std::string_view after);
    bool at_end() const { return peek().type == TokenType::end; }
    std::size_t place() const { return at_; }
    void go_to(std::size_t place) { at_ = place; }
    std::size_t end_of_last() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }
    [[noreturn]] void fail(std::size_t offset, const std::string& message) const;
    [[noreturn]] void fail_here(const std::string& message) const { fail(peek().begin, message); }
    Position position(std::size_t offset) const;

    /// The parameters of the function whose body is parsed; they hide other names.
    void set_parameters(Names parameters) { parameters_ = std::move(parameters); }
    /// Names whose definition could not be read. `names` must outlive the parser.
    void set_unread(const std::set<std::string>& names) { unread_ = &names; }
    /// The indices on the left of name_k := body.
    void bind_index(const std::string& index) { bound_.insert(index); }
    int find(std::string_view canonical) const;

  private:
    std::string_view text_;
    std::filesystem::path file_;
    Position origin_;
    const std::vector<Token>& tokens_;
    const std::vector<Symbol>& symbols_;
    const Names& names_;
    Names parameters_;
    std::multiset<std::string, std::less<>> bound_;
    const std::set<std::string>* unread_ = nullptr;
    std::size_t at_ = 0;
    int depth_ = 0;

    class Level;

    const Symbol& symbol(int id) const { return symbols_[static_cast<std::size_t>(id)]; }
    Tree make(Kind kind, std::size_t begin, std::vector<Tree> children = {}, std::string text = {}) const;
    std::string found_here() const;

    Tree entrywise_term();
    Tree term();
    Tree signed_term();
    Tree factor();
    Tree postfix(Tree base);
    Tree superscript(Tree base);
    Tree primary();
    bool starts_factor() const;

    Tree group(char open, char close);
    Tree absolute(bool is_norm);
    Tree command();
    Tree fraction();
    Tree square_root();
    Tree function();
    Tree function_argument();
    Tree extremum();
    Tree over();
    Tree environment();
    Tree set();
    Tree interval();
    Tree cases();
    Tree matrix(std::string_view name);
    Tree ones_or_bold();
    Tree roman();
    Tree delta();
    Tree braced_argument(std::string_view of);

    Tree name();
    Tree call(int function, std::size_t begin, int primes);
    Tree with_entries(Tree base, std::size_t begin);
    std::vector<Tree> index_list();
    Tree index();
    Tree index_atom();
    [[noreturn]] void undeclared(const RawName& raw, std::size_t begin) const;
    static bool is_base_name(const Token& token);
    bool is_d_prefix() const;
    std::string base_name();
    std::string prefixed_base_name();
    std::string canonical_group(bool& ok);
    bool skip_command(std::string_view name);
    int skip_primes();

    struct Candidate;
    struct Occurrence;
    std::vector<Candidate> candidates(std::string base);
    int longest_declared(std::string base);
    int longest_declared();
    Occurrence tagged_name();
    std::optional<Tree> built_in();
    Tree with_primes(const Occurrence& found, std::size_t begin);
    Tree with_scripts(Occurrence found, std::size_t begin);

    bool is_derivative() const;
    Tree derivative();
    Tree differentiated_by();
    Tree bare_function(const Tree& by);
    int order();
};

}  // namespace gradproof::notes
