// SPDX-License-Identifier: MIT
//
// Names and indices. The longest name that is declared wins: W_1 is a name if the table has it, else entry 1 of W.
#include <algorithm>

#include "notes/reader/parse_level.hpp"
#include "notes/reader/parser.hpp"
#include "spelling/edit_distance.hpp"

namespace gradproof::notes {
namespace {

constexpr std::size_t longest_script = 500;  // characters

}  // namespace

// A name that may be meant, and where it ends.
struct Parser::Candidate {
    RawName name;
    std::size_t end;
};

// A declared symbol (-1: none), and what stood inside its name without belonging to it.
struct Parser::Occurrence {
    int id = -1;
    int primes = 0;
    bool transposed = false;
    std::vector<Tree> entries;
};

std::string RawName::canonical() const {
    std::string whole = base;
    if (!subscript.empty()) whole += "_{" + subscript + "}";
    if (!superscript.empty()) whole += "^{" + superscript + "}";
    return whole;
}

int Parser::find(std::string_view canonical) const {
    if (const auto found = parameters_.find(canonical); found != parameters_.end()) return found->second;
    if (const auto found = names_.find(canonical); found != names_.end()) return found->second;
    return -1;
}

// A letter, a Greek letter, \mathcal{L}: one step of a name.
std::string Parser::base_name() {
    const Token& token = next();
    if (token.type == TokenType::letter) return token.text;
    std::string base = "\\" + token.text;
    if (class_of(token.text) == CommandClass::greek) return base;
    if (class_of(token.text) != CommandClass::alphabet) fail(token.begin, "expected a name, found " + base);
    if (!skip('{')) fail_here("\\" + token.text + " needs its letters in braces: \\" + token.text + "{...}");
    base += '{';
    while (peek().type == TokenType::letter || peek().type == TokenType::number) base += next().text;
    if (base.ends_with('{')) fail_here("expected letters in \\" + token.text + "{...}, found " + found_here());
    if (!skip('}')) fail_here("only letters and digits can stand in \\" + token.text + "{...}, not " + found_here());
    return base + "}";
}

// Whether a letter, a Greek letter or an alphabet stands there.
bool Parser::is_base_name(const Token& token) {
    return token.type == TokenType::letter ||
           (token.type == TokenType::command &&
            (class_of(token.text) == CommandClass::greek || class_of(token.text) == CommandClass::alphabet));
}

// Whether this is the d of dW.
bool Parser::is_d_prefix() const {
    return peek().type == TokenType::letter && peek().text == "d" && is_base_name(peek(1));
}

// A base name, together with its d if it has one.
std::string Parser::prefixed_base_name() {
    if (!is_d_prefix()) return base_name();
    next();
    return "d" + base_name();
}

// The text of a sub- or superscript: one token, or a group. `ok` is false if it cannot be part of a name.
std::string Parser::canonical_group(bool& ok) {
    ok = true;
    const auto one = [](const Token& token) {
        return token.type == TokenType::command ? "\\" + token.text : token.text;
    };
    if (!peek().is('{')) {
        ok = peek().type == TokenType::letter || peek().type == TokenType::number ||
             (peek().type == TokenType::command && peek().text != "top" && peek().text != "prime");
        if (peek().type == TokenType::number && peek().text.size() > 1) ok = false;
        return ok ? one(next()) : "";
    }
    next();
    std::string text;
    int braces = 1;
    while (!at_end()) {
        if (peek().is('{')) ++braces;
        if (peek().is('}') && --braces == 0) break;
        if (peek().type == TokenType::row || peek().type == TokenType::words || peek().is('&')) break;
        const auto part = one(next());
        const bool word_ends = text.size() > 1 && part.size() == 1 && text.find('\\') != std::string::npos &&
                               std::isalpha(static_cast<unsigned char>(part[0])) != 0 && text.back() != '}' &&
                               text.back() != '{';
        text += (word_ends ? " " : "") + part;
        if (text.size() > longest_script) fail_here("a sub- or superscript of a name is shorter than this");
    }
    if (!skip('}')) fail_here("expected } to close the script, found " + found_here());
    ok = !text.empty();
    return text;
}

// The names that begin with `base` and go on with the scripts that stand here: with none, with one, with two.
std::vector<Parser::Candidate> Parser::candidates(std::string base) {
    std::vector<Candidate> result{{{.base = std::move(base), .subscript = {}, .superscript = {}}, at_}};
    while (peek().is('_') || peek().is('^')) {
        RawName longer = result.back().name;
        std::string& script = peek().is('_') ? longer.subscript : longer.superscript;
        if (!script.empty()) break;
        next();
        bool ok = false;
        script = canonical_group(ok);
        if (!ok) break;
        result.push_back({std::move(longer), at_});
    }
    return result;
}

RawName Parser::raw_name() {
    Candidate longest = candidates(prefixed_base_name()).back();
    at_ = longest.end;
    return std::move(longest.name);
}

void Parser::undeclared(const RawName& raw, std::size_t begin) const {
    const auto whole = raw.canonical();
    if (unread_ && (unread_->contains(whole) || unread_->contains(raw.base))) throw BuildsOnUnread{};
    std::string nearest;
    std::size_t least = 3;
    const auto consider = [&](const Names& names) {
        for (const auto& [name, id] : names) {
            const auto distance = edit_distance(whole, name);
            if (distance < least && distance < std::max(whole.size(), name.size())) {
                least = distance;
                nearest = name;
            }
        }
    };
    if (whole.size() < 100) {
        consider(parameters_);
        consider(names_);
    }
    fail(begin, "undeclared symbol " + whole +
                    (nearest.empty() ? ": declare it in the table | symbol | meaning | values | or define it with :="
                                     : ": did you mean " + nearest + "?"));
}

// The symbol whose name is the longest that starts with `base` and the scripts that stand here, or -1. Steps over the
// name if there is one.
int Parser::longest_declared(std::string base) {
    const auto from_shortest = candidates(std::move(base));
    for (auto candidate = from_shortest.rbegin(); candidate != from_shortest.rend(); ++candidate)
        if (const int id = find(candidate->name.canonical()); id >= 0) {
            at_ = candidate->end;
            return id;
        }
    return -1;
}

// The longest declared name that starts here: dW before d. Stays here if there is none.
int Parser::longest_declared() {
    const auto start = at_;
    int id = longest_declared(prefixed_base_name());
    if (id >= 0) return id;
    at_ = start;
    if (is_d_prefix()) id = longest_declared(base_name());
    if (id < 0) at_ = start;
    return id;
}

// W^{[1]\top} and W_{ij}^{[1]}: a name whose superscript is followed by \top or \prime in the same group, or whose
// entries come first. Stays here if there is none.
Parser::Occurrence Parser::tagged_name() {
    const auto start = at_;
    Occurrence found;
    const std::string base = prefixed_base_name();
    std::size_t entries = 0;
    if (skip('_')) {
        entries = at_;
        bool ok = false;
        canonical_group(ok);
    }
    if (peek().is('^') && peek(1).is('{') && peek(2).is('[')) {
        at_ += 2;
        std::string tag;
        while (!at_end() && !peek().is(']') && !peek().is('}')) tag += next().text;
        if (skip(']')) {
            found.transposed = skip_command("top");
            found.primes = skip_primes();
            if (skip('}')) found.id = find(base + "^{" + tag + "]}");
        }
    }
    const auto end = at_;
    if (found.id >= 0 && entries > 0) {
        at_ = entries;
        found.entries = index_list();
    }
    at_ = found.id >= 0 ? end : start;
    return found;
}

// What needs no declaration: e, \pi, \delta_{ij}, I_n.
std::optional<Tree> Parser::built_in() {
    const Token& token = peek();
    if (token.is_command("delta") && peek(1).is('_')) return delta();
    if (token.type == TokenType::letter && token.text == "I" && peek(1).is('_')) return ones_or_bold();
    const bool is_e = token.type == TokenType::letter && token.text == "e";
    if (!is_e && !token.is_command("pi")) return std::nullopt;
    const auto begin = next().begin;
    return make(Kind::constant, begin, {}, token.text);
}

bool Parser::skip_command(std::string_view name) {
    const bool found = peek().is_command(name);
    if (found) next();
    return found;
}

// Steps over ' and \prime and says how many there were.
int Parser::skip_primes() {
    int primes = 0;
    while (skip('\'') || skip_command("prime")) ++primes;
    return primes;
}

// g', g'', g^\prime, g^{\prime\prime}: the marks of derivatives behind a function, and its arguments.
Tree Parser::with_primes(const Occurrence& found, std::size_t begin) {
    int primes = found.primes;
    while (skip('\'')) ++primes;
    if (peek().is('^') && (peek(1).is_command("prime") || (peek(1).is('{') && peek(2).is_command("prime")))) {
        next();
        const bool braced = skip('{');
        while (skip_command("prime")) ++primes;
        if (braced) expect('}', "behind \\prime");
    }
    return call(found.id, begin, primes);
}

// A symbol or size with its entries, before or behind its tag, and transposed if its tag says so.
Tree Parser::with_scripts(Occurrence found, std::size_t begin) {
    Tree tree = make(symbol(found.id).kind == SymbolKind::size ? Kind::size : Kind::symbol, begin);
    tree.symbol = found.id;
    if (!found.entries.empty()) {
        found.entries.insert(found.entries.begin(), std::move(tree));
        tree = make(Kind::entry, begin, std::move(found.entries));
    }
    if (peek().is('_')) tree = with_entries(std::move(tree), begin);
    if (found.transposed) tree = make(Kind::transpose, begin, {std::move(tree)});
    return tree;
}

// The longest declared name that starts here, then the scripts that do not belong to it.
Tree Parser::name() {
    const auto begin = peek().begin;
    if (peek().type == TokenType::letter && bound_.contains(peek().text) && !peek(1).is('_')) {
        const auto letter = next().text;  // the index of a sum hides a symbol of the same letter
        return make(Kind::index, begin, {}, letter);
    }
    Occurrence found;
    found.id = longest_declared();
    if (found.id < 0) found = tagged_name();
    if (found.id < 0) {
        if (auto tree = built_in()) return *std::move(tree);
        undeclared(raw_name(), begin);
    }
    const Symbol& declared = symbol(found.id);
    if (declared.kind == SymbolKind::function || declared.kind == SymbolKind::opaque) return with_primes(found, begin);
    if (peek().is('\'')) fail_here("only a function has a derivative written with ': " + declared.name + " is none");
    if (declared.kind == SymbolKind::index) return make(Kind::index, begin, {}, declared.name);
    return with_scripts(std::move(found), begin);
}

Tree Parser::call(int function, std::size_t begin, int primes) {
    const Symbol& found = symbol(function);
    if (primes > 4) fail(begin, "a derivative of order 1 to 4");
    if (peek().is('^'))
        fail_here("a power of a function can be read in two ways: write \\left( " + found.name + "(...) \\right)^2");
    if (!peek().is('(')) fail_here(found.name + " is a function: write its argument in parentheses");
    const Level level(*this);
    next();
    std::vector<Tree> arguments;
    do arguments.push_back(expression());
    while (skip(','));
    expect(')', "to close the arguments of " + found.name);
    if (!found.parameters.empty() && arguments.size() != found.parameters.size())
        fail(begin, found.name + " takes " + std::to_string(found.parameters.size()) + " argument(s), not " +
                        std::to_string(arguments.size()));
    if (primes > 0 && arguments.size() != 1)
        fail(begin, "' is the derivative of a function of one argument; write \\frac{\\partial " + found.name +
                        "}{\\partial ...}");
    Tree tree = make(Kind::call, begin, std::move(arguments));
    tree.symbol = function;
    tree.primes = primes;
    return tree;
}

Tree Parser::with_entries(Tree base, std::size_t begin) {
    next();  // _
    auto indices = index_list();
    if (indices.size() > 2) fail(begin, "a matrix has two indices, here are " + std::to_string(indices.size()));
    indices.insert(indices.begin(), std::move(base));
    return make(Kind::entry, begin, std::move(indices));
}

// k, {ij}, {i, j}, {i+1}: one token or a group of indices, with or without commas.
std::vector<Tree> Parser::index_list() {
    std::vector<Tree> indices;
    if (!peek().is('{')) {
        indices.push_back(index_atom());
        return indices;
    }
    next();
    while (!peek().is('}')) {
        indices.push_back(index());
        skip(',');
        if (at_end()) break;
    }
    expect('}', "behind the indices");
    if (indices.empty()) fail(end_of_last() - 1, "expected an index");
    return indices;
}

Tree Parser::index() {
    const auto begin = peek().begin;
    Tree left = index_atom();
    while (peek().is('+') || peek().is('-')) {
        const Kind kind = next().text == "+" ? Kind::add : Kind::subtract;
        Tree right = index_atom();
        left = make(kind, begin, {std::move(left), std::move(right)});
    }
    return left;
}

// A number, a size, or a letter that stands for an index.
Tree Parser::index_atom() {
    const Token& token = peek();
    const auto begin = token.begin;
    if (token.type == TokenType::number) {
        next();
        return make(Kind::number, begin, {}, token.text);
    }
    if (token.type != TokenType::letter && !token.is_command("ell"))
        fail_here("expected an index (a letter, a number or a size), found " + found_here());
    next();
    const auto letter = token.type == TokenType::letter ? token.text : "\\" + token.text;
    if (!bound_.contains(letter)) {
        if (const int id = find(letter); id >= 0 && symbol(id).kind == SymbolKind::size) {
            Tree tree = make(Kind::size, begin);
            tree.symbol = id;
            return tree;
        }
    }
    return make(Kind::index, begin, {}, letter);
}

}  // namespace gradproof::notes
