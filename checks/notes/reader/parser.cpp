// SPDX-License-Identifier: MIT
//
// Sums, products, powers: what binds how tightly. Names are in parse_name.cpp, commands in parse_command.cpp,
// derivatives in parse_derivative.cpp.
#include "notes/reader/parser.hpp"

#include <algorithm>
#include <utility>

#include "notes/reader/parse_level.hpp"

namespace gradproof::notes {
namespace {

constexpr int deepest_tree = 300;  // whoever walks over a tree does so recursively

}  // namespace

Parser::Parser(std::string_view text, std::filesystem::path file, Position origin, const std::vector<Token>& tokens,
               const std::vector<Symbol>& symbols, const Names& names)
    : text_(text), file_(std::move(file)), origin_(origin), tokens_(tokens), symbols_(symbols), names_(names) {}

const Token& Parser::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& Parser::next() {
    const Token& token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
}

bool Parser::skip(char c) {
    if (!peek().is(c)) return false;
    next();
    return true;
}

void Parser::expect(char c, std::string_view after) {
    if (!skip(c)) fail_here(std::string("expected ") + c + " " + std::string(after) + ", found " + found_here());
}

void Parser::fail(std::size_t offset, const std::string& message) const {
    throw NoteError(file_, position(offset), message);
}

// Nearly always where a token begins, and then known.
Position Parser::position(std::size_t offset) const {
    const auto token = std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                                        [](const Token& t, std::size_t o) { return t.begin < o; });
    const bool begins_token = token != tokens_.end() && token->begin == offset;
    return begins_token ? token->where : position_of(text_, offset, origin_);
}

std::string Parser::found_here() const {
    const Token& token = peek();
    switch (token.type) {
        case TokenType::end:
            return "the end";
        case TokenType::command:
            return "\\" + token.text;
        case TokenType::row:
            return "\\\\";
        case TokenType::wide:
            return "a wide space";
        case TokenType::words:
            return "\\" + token.text.substr(0, token.text.find(':'));
        default:
            return token.text;
    }
}

Tree Parser::make(Kind kind, std::size_t begin, std::vector<Tree> children, std::string text) const {
    Tree tree;
    tree.kind = kind;
    tree.text = std::move(text);
    tree.children = std::move(children);
    for (const auto& child : tree.children) tree.depth = std::max(tree.depth, child.depth + 1);
    if (tree.depth > deepest_tree)
        fail(begin, "this formula has too many terms in a row or is nested too deeply: split it");
    tree.where = position(begin);
    tree.begin = begin;
    tree.end = end_of_last();
    return tree;
}

// sum: signed entrywise terms, from left to right
Tree Parser::expression() {
    const Level level(*this);
    const auto begin = peek().begin;
    Tree left = signed_term();
    while (peek().is('+') || peek().is('-')) {
        const Kind kind = next().text == "+" ? Kind::add : Kind::subtract;
        Tree right = entrywise_term();
        left = make(kind, begin, {std::move(left), std::move(right)});
    }
    return left;
}

Tree Parser::signed_term() {
    const auto begin = peek().begin;
    if (skip('+')) return entrywise_term();
    if (skip('-')) {
        Tree term = entrywise_term();
        return make(Kind::negate, begin, {std::move(term)});
    }
    return entrywise_term();
}

Tree Parser::entrywise_term() {
    const auto begin = peek().begin;
    Tree left = term();
    while (peek().is_command("odot")) {
        next();
        Tree right = term();
        left = make(Kind::hadamard, begin, {std::move(left), std::move(right)});
    }
    return left;
}

// product: factors next to each other, from left to right
Tree Parser::term() {
    const Level level(*this);
    const auto begin = peek().begin;
    Tree left = factor();
    bool divided = false;
    for (;;) {
        if (peek().is('/')) {
            if (divided) fail_here("a / b / c can be read in two ways: write \\frac");
            next();
            Tree right = factor();
            left = make(Kind::divide, begin, {std::move(left), std::move(right)});
            divided = true;
            continue;
        }
        const bool dot = peek().is_command("cdot") || peek().is_command("times");
        if (dot) next();
        if (!dot && !starts_factor()) return left;
        if (divided) fail_here("a / b c can be read in two ways: write \\frac");
        if (!dot && peek().type == TokenType::number && left.kind == Kind::number)
            fail_here("two numbers next to each other: write \\cdot between them");
        Tree right = factor();
        left = make(Kind::product, begin, {std::move(left), std::move(right)});
    }
}

bool Parser::starts_factor() const {
    const Token& token = peek();
    if (token.type == TokenType::letter || token.type == TokenType::number) return true;
    if (token.is('(') || token.is('[') || token.is('{')) return true;
    if (token.type == TokenType::words) return token.text.starts_with("begin:");
    if (token.type != TokenType::command) return false;
    using enum CommandClass;
    const auto meaning = class_of(token.text);
    if (meaning == greek || meaning == alphabet || meaning == function || meaning == extremum || meaning == over)
        return true;
    return token.text == "frac" || token.text == "sqrt" || token.text == "det" || token.text == "lvert" ||
           token.text == "lVert";
}

Tree Parser::factor() {
    const Level level(*this);
    return postfix(primary());
}

// superscripts that do not belong to a name: powers, transposes, columns; subscripts of a group or call: entries
Tree Parser::postfix(Tree base) {
    const std::size_t begin = base.begin;
    bool powered = false;
    for (;;) {
        if (peek().is('^')) {
            const auto at = peek().begin;
            base = superscript(std::move(base));
            if (base.kind == Kind::power && std::exchange(powered, true))
                fail(at, "a second superscript: put the first power in braces or parentheses");
        } else if (peek().is('_') && (base.kind == Kind::call || base.kind == Kind::transpose)) {
            base = with_entries(std::move(base), begin);
        } else if (peek().is('_')) {
            fail_here("this has no entries: a subscript belongs to a name, a call or a transpose");
        } else if (peek().is('!')) {
            fail_here("factorials are not part of the notation");
        } else {
            return base;
        }
    }
}

Tree Parser::superscript(Tree base) {
    const auto begin = base.begin;
    const auto sup = peek().begin;
    next();
    if (peek().is_command("top")) {
        next();
        return make(Kind::transpose, begin, {std::move(base)});
    }
    if (!peek().is('{')) {
        const Token& token = peek();
        Tree exponent;
        if (token.type == TokenType::number) {
            if (token.text.size() > 1) fail_here("only the first digit is raised: put the exponent in braces");
            next();
            exponent = make(Kind::number, token.begin, {}, token.text);
        } else if (token.type == TokenType::letter || token.type == TokenType::command) {
            exponent = primary();
        } else {
            fail(sup, "expected an exponent or \\top behind ^, found " + found_here());
        }
        return make(Kind::power, begin, {std::move(base), std::move(exponent)});
    }
    next();
    if (peek().is_command("top")) {
        next();
        expect('}', "behind \\top");
        return make(Kind::transpose, begin, {std::move(base)});
    }
    if (peek().is('(')) {  // x^{(i)} is a column, x^{(a + b)} a power: the column has an index alone
        const auto start = at_;
        next();
        const bool alone = (peek().type == TokenType::letter || peek().type == TokenType::number) && peek(1).is(')') &&
                           peek(2).is('}');
        if (alone) {
            Tree which = index();
            next();
            next();
            return make(Kind::column, begin, {std::move(base), std::move(which)});
        }
        at_ = start;
    }
    if (peek().is('[')) fail(sup, "this name with its superscript is not declared");
    Tree exponent = expression();
    expect('}', "behind the exponent");
    return make(Kind::power, begin, {std::move(base), std::move(exponent)});
}

Tree Parser::primary() {
    const Level level(*this);
    const Token& token = peek();
    const auto begin = token.begin;
    switch (token.type) {
        case TokenType::number: {
            next();
            return make(Kind::number, begin, {}, token.text);
        }
        case TokenType::letter:
            return name();
        case TokenType::command:
            return command();
        case TokenType::words:
            if (token.text.starts_with("begin:")) return environment();
            break;
        case TokenType::character:
            if (token.is('(')) return group('(', ')');
            if (token.is('[')) return group('[', ']');
            if (token.is('|')) return absolute(false);
            if (token.is('{')) {  // {W^{[2]}}^{\top}
                Tree inner = group('{', '}');
                int primes = 0;
                for (; peek().is('\''); next()) ++primes;
                if (inner.kind == Kind::call && inner.children.empty()) return call(inner.symbol, begin, primes);
                if (primes > 0) fail(begin, "only a function has a derivative written with '");
                return inner;
            }
            break;
        default:
            break;
    }
    fail(begin, "expected a number, a name or a formula, found " + found_here());
}

Tree Parser::group(char open, char close) {
    const auto begin = peek().begin;
    next();
    if (open == '{') {  // a function alone in braces: {g^{[1]}}'(z)
        const auto start = at_;
        if (peek().type == TokenType::letter || peek().type == TokenType::command) {
            bool is_function = false;
            int id = -1;
            if (peek().type == TokenType::letter || class_of(peek().text) == CommandClass::greek ||
                class_of(peek().text) == CommandClass::alphabet) {
                id = find(raw_name().canonical());
                is_function = id >= 0 && peek().is('}') &&
                              (symbol(id).kind == SymbolKind::function || symbol(id).kind == SymbolKind::opaque);
            }
            if (is_function) {
                next();
                Tree function = make(Kind::call, begin);
                function.symbol = id;
                return function;
            }
            at_ = start;
        }
    }
    Tree inner = expression();
    if (!skip(close)) {
        if (peek().is(','))
            fail_here("a tuple has no meaning here: a name in front of ( is called only if it is a function");
        fail_here(std::string("expected ") + close + " to close the " + open + ", found " + found_here());
    }
    inner.begin = begin;
    inner.end = end_of_last();
    return inner;
}

Tree Parser::absolute(bool is_norm) {
    const auto begin = peek().begin;
    const bool bar = peek().is('|');
    next();
    Tree inner = expression();
    if (bar) {
        if (!skip('|')) fail_here("expected | to close the absolute value, found " + found_here());
    } else {
        const std::string_view close = is_norm ? "rVert" : "rvert";
        if (!peek().is_command(close)) fail_here("expected \\" + std::string(close) + ", found " + found_here());
        next();
    }
    if (is_norm && peek().is('_') && peek(1).type == TokenType::letter && peek(1).text == "F") {  // Frobenius
        next();
        next();
    }
    if (is_norm) return make(Kind::norm, begin, {std::move(inner)});
    return make(Kind::elementary, begin, {std::move(inner)}, "abs");
}

}  // namespace gradproof::notes
