// SPDX-License-Identifier: MIT
//
// Derivatives written as fractions: \frac{\partial L}{\partial a}, \frac{d^2 f}{d x^2}, \frac{d}{dz} (...).
#include "notes/reader/parse_level.hpp"
#include "notes/reader/parser.hpp"

namespace gradproof::notes {

// With \partial above and below there is no doubt. With d there is, if the table declares dZ: then it is a quotient.
bool Parser::is_derivative() const {
    if (!peek(1).is('{')) return false;
    if (peek(2).is_command("partial")) return true;
    if (!(peek(2).type == TokenType::letter && peek(2).text == "d")) return false;
    std::size_t ahead = 2;
    for (int braces = 1; braces > 0; ++ahead) {
        const Token& token = peek(ahead);
        if (token.type == TokenType::end) return false;
        if (token.is('{')) ++braces;
        if (token.is('}')) --braces;
    }
    if (!peek(ahead).is('{') || !(peek(ahead + 1).type == TokenType::letter && peek(ahead + 1).text == "d"))
        return false;
    return find("d" + peek(ahead + 2).text) < 0;
}

int Parser::order() {
    if (!peek().is('^')) return 1;
    const auto start = at_;
    next();
    const bool braced = skip('{');
    if (peek().type == TokenType::number && peek().text.size() == 1) {
        const int value = peek().text[0] - '0';
        next();
        if (!braced || skip('}')) {
            if (value < 1 || value > 4) fail(end_of_last() - 1, "a derivative of order 1 to 4");
            return value;
        }
    }
    at_ = start;
    return 1;
}

Tree Parser::differentiated_by() {
    const auto begin = peek().begin;
    if (peek().type == TokenType::command && peek().text == "mathbf") return ones_or_bold();
    if (peek().type != TokenType::letter && peek().type != TokenType::command && !peek().is('{'))
        fail_here("expected the name to differentiate by, found " + found_here());
    Tree by = peek().is('{') ? primary() : name();
    if (by.kind == Kind::symbol) return by;
    if (by.kind == Kind::entry && by.children[0].kind == Kind::symbol) return by;
    fail(begin, "a derivative is taken by a name or an entry of it, such as z, W or z_k");
}

Tree Parser::bare_function(const Tree& by) {
    const auto begin = peek().begin;
    const auto start = at_;
    if (peek().type != TokenType::letter && peek().type != TokenType::command) return {};
    if (peek().type == TokenType::command && class_of(peek().text) != CommandClass::greek &&
        class_of(peek().text) != CommandClass::alphabet)
        return {};
    const int id = find(raw_name().canonical());
    const bool alone = peek().is('}');
    const bool callable = id >= 0 && (symbol(id).kind == SymbolKind::function ||
                                      (symbol(id).kind == SymbolKind::opaque && !symbol(id).parameters.empty()));
    if (!alone || !callable) {
        at_ = start;
        return {};
    }
    const Symbol& function = symbol(id);
    Tree tree = make(Kind::call, begin);
    tree.symbol = id;
    for (const int parameter : function.parameters) {
        const auto& parameter_name = symbol(parameter).name;
        const int meant = find(parameter_name);
        if (function.parameters.size() == 1 && by.kind == Kind::symbol) {
            tree.children.push_back(by);
        } else if (meant < 0) {
            fail(begin, "which arguments? " + function.name + " has the parameter " + parameter_name +
                            ", and no symbol has this name: write the arguments in parentheses");
        } else {
            Tree argument = make(Kind::symbol, begin);
            argument.symbol = meant;
            tree.children.push_back(std::move(argument));
        }
    }
    return tree;
}

Tree Parser::derivative() {
    const Level level(*this);
    const auto begin = peek().begin;
    next();
    next();  // {
    const bool partial = next().is_command("partial");
    const int top_order = order();
    const auto top_start = at_;
    int braces = 1;
    while (braces > 0) {
        if (at_end()) fail(begin, "this fraction is not closed");
        if (peek().is('{')) ++braces;
        if (peek().is('}')) --braces;
        if (braces > 0) next();
    }
    const bool operand_follows = at_ == top_start;
    next();
    expect('{', "for the denominator");
    std::vector<Tree> by;
    while (!peek().is('}')) {
        const bool sign =
            partial ? peek().is_command("partial") : peek().type == TokenType::letter && peek().text == "d";
        if (!sign)
            fail_here(std::string("expected ") + (partial ? "\\partial" : "d") + " in the denominator, found " +
                      found_here());
        next();
        Tree one = differentiated_by();
        const int times = order();
        for (int i = 0; i < times; ++i) by.push_back(one);
    }
    if (by.empty()) fail_here("expected what to differentiate by");
    next();
    if (static_cast<int>(by.size()) != top_order)
        fail(begin, "the order above is " + std::to_string(top_order) + ", below it is " + std::to_string(by.size()));
    const auto behind = at_;
    Tree top;
    if (operand_follows) {
        if (!starts_factor()) fail_here("expected what to differentiate, found " + found_here());
        top = factor();
    } else {
        at_ = top_start;
        top = bare_function(by.front());
        if (top.kind != Kind::call) {
            at_ = top_start;
            top = expression();
        }
        if (!peek().is('}')) fail_here("expected } to close the fraction, found " + found_here());
        at_ = behind;
    }
    by.insert(by.begin(), std::move(top));
    return make(Kind::derivative, begin, std::move(by));
}

}  // namespace gradproof::notes
