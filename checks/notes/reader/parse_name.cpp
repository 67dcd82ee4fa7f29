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

RawName Parser::raw_name() {
    RawName raw;
    const bool d_prefix = peek().type == TokenType::letter && peek().text == "d" &&
                          (peek(1).type == TokenType::letter ||
                           (peek(1).type == TokenType::command && (class_of(peek(1).text) == CommandClass::greek ||
                                                                   class_of(peek(1).text) == CommandClass::alphabet)));
    if (d_prefix) {
        next();
        raw.base = "d" + base_name();
    } else {
        raw.base = base_name();
    }
    for (int i = 0; i < 2; ++i) {
        const auto start = at_;
        bool ok = false;
        if (peek().is('_') && raw.subscript.empty()) {
            next();
            raw.subscript = canonical_group(ok);
        } else if (peek().is('^') && raw.superscript.empty()) {
            next();
            raw.superscript = canonical_group(ok);
        }
        if (!ok) at_ = start;
    }
    return raw;
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

// The longest declared name that starts here, then the scripts that do not belong to it.
Tree Parser::name() {
    const auto begin = peek().begin;
    const auto start = at_;
    if (peek().type == TokenType::letter && bound_.contains(peek().text) && !peek(1).is('_')) {
        const auto letter = next().text;  // the index of a sum hides a symbol of the same letter
        return make(Kind::index, begin, {}, letter);
    }
    const auto look_up = [&](std::size_t& end) {
        // Candidates from the longest to the shortest; each leaves the scripts it does not use to the caller.
        const bool may_have_prefix = tokens_[start].type == TokenType::letter && tokens_[start].text == "d";
        for (int with_prefix = may_have_prefix ? 1 : 0; with_prefix >= 0; --with_prefix) {
            at_ = start;
            std::string base;
            if (with_prefix == 1) {
                next();
                const bool base_follows =
                    peek().type == TokenType::letter ||
                    (peek().type == TokenType::command &&
                     (class_of(peek().text) == CommandClass::greek || class_of(peek().text) == CommandClass::alphabet));
                if (!base_follows) continue;
                base = "d" + base_name();
            } else {
                base = base_name();
            }
            struct Script {
                char mark;
                std::string text;
                std::size_t end;
            };
            std::vector<Script> scripts;
            const auto base_end = at_;
            while (scripts.size() < 2 && (peek().is('_') || peek().is('^'))) {
                const char mark = next().text[0];
                bool ok = false;
                auto text = canonical_group(ok);
                if (!ok || (scripts.size() == 1 && scripts[0].mark == mark)) break;
                scripts.push_back({mark, std::move(text), at_});
            }
            const auto try_name = [&](std::string_view sub, std::string_view sup, std::size_t stop) {
                RawName raw{base, std::string(sub), std::string(sup)};
                const int id = find(raw.canonical());
                if (id >= 0) end = stop;
                return id;
            };
            if (scripts.size() == 2) {
                const bool sub_first = scripts[0].mark == '_';
                if (const int id =
                        try_name(scripts[sub_first ? 0 : 1].text, scripts[sub_first ? 1 : 0].text, scripts[1].end);
                    id >= 0)
                    return id;
            }
            if (!scripts.empty()) {
                const bool sub = scripts[0].mark == '_';
                if (const int id = try_name(sub ? scripts[0].text : "", sub ? "" : scripts[0].text, scripts[0].end);
                    id >= 0)
                    return id;
            }
            if (const int id = try_name("", "", base_end); id >= 0) return id;
        }
        return -1;
    };
    std::size_t end = start;
    int id = look_up(end);
    // W^{[1]\top} and W_{ij}^{[1]}: a name whose superscript is followed by \top or \prime in the same group, or whose
    // entries come first.
    int primes = 0;
    bool transposed = false;
    std::vector<Tree> entries;
    if (id < 0 || (peek().is('^') && peek(1).is('{') && peek(2).is('['))) {
        at_ = start;
        std::string base = base_name();
        if (base == "d" && (peek().type == TokenType::letter || peek().type == TokenType::command)) base += base_name();
        std::size_t subscript = 0;
        if (peek().is('_')) {
            subscript = at_;
            next();
            bool ok = false;
            canonical_group(ok);
        }
        if (peek().is('^') && peek(1).is('{') && peek(2).is('[')) {
            at_ += 2;
            std::string tag;
            while (!at_end() && !peek().is(']') && !peek().is('}')) tag += next().text;
            tag += ']';
            const bool closed = skip(']');
            if (closed && peek().is_command("top")) {
                next();
                transposed = true;
            }
            while (closed && (peek().is_command("prime") || peek().is('\''))) {
                next();
                ++primes;
            }
            const int tagged = find(base + "^{" + tag + "}");
            if (tagged >= 0 && skip('}')) {
                id = tagged;
                end = at_;
                if (subscript > 0) {
                    at_ = subscript + 1;
                    entries = index_list();
                }
            }
        }
    }
    at_ = start;
    if (id < 0) {
        const Token& token = peek();
        if (token.type == TokenType::letter && token.text == "e") {
            next();
            return make(Kind::constant, begin, {}, "e");
        }
        if (token.is_command("pi")) {
            next();
            return make(Kind::constant, begin, {}, "pi");
        }
        if (token.is_command("delta") && peek(1).is('_')) return delta();
        if (token.type == TokenType::letter && token.text == "I" && peek(1).is('_')) return ones_or_bold();
        undeclared(raw_name(), begin);
    }
    at_ = end;
    const Symbol& found = symbol(id);
    if (found.kind == SymbolKind::function || found.kind == SymbolKind::opaque) {
        for (; peek().is('\''); next()) ++primes;
        if (peek().is('^') && (peek(1).is_command("prime") || (peek(1).is('{') && peek(2).is_command("prime")))) {
            next();
            const bool braced = skip('{');
            while (peek().is_command("prime")) {
                next();
                ++primes;
            }
            if (braced) expect('}', "behind \\prime");
        }
        return call(id, begin, primes);
    }
    if (peek().is('\'')) fail_here("only a function has a derivative written with ': " + found.name + " is none");
    Tree tree;
    if (found.kind == SymbolKind::index) {
        tree = make(Kind::index, begin, {}, found.name);
        return tree;
    }
    tree = make(found.kind == SymbolKind::size ? Kind::size : Kind::symbol, begin);
    tree.symbol = id;
    if (!entries.empty()) {
        entries.insert(entries.begin(), std::move(tree));
        tree = make(Kind::entry, begin, std::move(entries));
    }
    if (peek().is('_')) tree = with_entries(std::move(tree), begin);
    if (transposed) tree = make(Kind::transpose, begin, {std::move(tree)});
    return tree;
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
