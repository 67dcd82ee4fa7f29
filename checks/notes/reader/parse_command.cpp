// SPDX-License-Identifier: MIT
//
// What a formula can begin with besides names, numbers and parentheses.
#include "notes/reader/parse_level.hpp"
#include "notes/reader/parser.hpp"

namespace gradproof::notes {

Tree Parser::command() {
    const Token& token = peek();
    const auto meaning = class_of(token.text);
    if (meaning == CommandClass::greek) return name();
    if (meaning == CommandClass::function) return function();
    if (meaning == CommandClass::extremum) return extremum();
    if (meaning == CommandClass::over) return over();
    if (token.text == "mathbf") return ones_or_bold();
    if (token.text == "mathrm") return roman();
    if (meaning == CommandClass::alphabet) return name();
    if (token.text == "frac") return is_derivative() ? derivative() : fraction();
    if (token.text == "sqrt") return square_root();
    if (token.text == "lvert") return absolute(false);
    if (token.text == "lVert") return absolute(true);
    if (token.text == "det") {
        const auto begin = token.begin;
        next();
        Tree inner = function_argument();
        return make(Kind::determinant, begin, {std::move(inner)});
    }
    if (token.text == "partial") fail_here("\\partial stands only in \\frac{\\partial ...}{\\partial ...}");
    fail_here("expected a formula, found \\" + token.text);
}

Tree Parser::braced_argument(std::string_view of) {
    if (!peek().is('{')) fail_here("\\" + std::string(of) + " needs its parts in braces, found " + found_here());
    next();
    Tree inner = expression();
    expect('}', "behind the part of \\" + std::string(of));
    return inner;
}

Tree Parser::fraction() {
    const auto begin = peek().begin;
    next();
    if (peek().type == TokenType::number && peek().text.size() == 2) {  // \frac12
        const Token& digits = next();
        Tree top = make(Kind::number, digits.begin, {}, digits.text.substr(0, 1));
        Tree bottom = make(Kind::number, digits.begin + 1, {}, digits.text.substr(1, 1));
        return make(Kind::divide, begin, {std::move(top), std::move(bottom)});
    }
    Tree top = braced_argument("frac");
    Tree bottom = braced_argument("frac");
    return make(Kind::divide, begin, {std::move(top), std::move(bottom)});
}

Tree Parser::square_root() {
    const auto begin = peek().begin;
    next();
    if (peek().is('[')) fail_here("write a higher root as a power, x^{1/3}");
    Tree inner = braced_argument("sqrt");
    return make(Kind::elementary, begin, {std::move(inner)}, "sqrt");
}

// \log x takes the next factor; \log(x) ends at the parenthesis; \tanh^2 x is a power of the value.
Tree Parser::function() {
    const auto begin = peek().begin;
    const auto which = next().text;
    Tree exponent;
    bool powered = false;
    if (peek().is('^')) {
        next();
        powered = true;
        if (peek().type == TokenType::number && peek().text.size() == 1) {
            exponent = make(Kind::number, peek().begin, {}, peek().text);
            next();
        } else {
            exponent = braced_argument(which);
        }
    }
    Tree argument = function_argument();
    Tree value = make(Kind::elementary, begin, {std::move(argument)}, which);
    if (!powered) return value;
    return make(Kind::power, begin, {std::move(value), std::move(exponent)});
}

Tree Parser::function_argument() {
    if (peek().is('(') || peek().is('[')) {
        const bool round = peek().is('(');
        Tree inner = group(round ? '(' : '[', round ? ')' : ']');
        if (peek().is('^'))
            fail_here(
                "\\log(x)^2 can be read in two ways: write \\left( \\log x \\right)^2 or \\log \\left( x^2 \\right)");
        return inner;
    }
    if (peek().type == TokenType::command && class_of(peek().text) == CommandClass::over) return over();
    if (!starts_factor() && !peek().is('|')) fail_here("expected the argument of the function, found " + found_here());
    return factor();
}

Tree Parser::extremum() {
    const auto begin = peek().begin;
    const bool is_maximum = next().text == "max";
    if (peek().is('_')) {
        if (!is_maximum) fail_here("only \\max takes an index: write -\\max_k(-z_k)");
        next();
        const bool braced = skip('{');
        if (peek().type != TokenType::letter) fail_here("expected an index under \\max, found " + found_here());
        const auto index = next().text;
        if (braced) expect('}', "behind the index");
        bound_.insert(index);
        Tree body = factor();
        bound_.erase(bound_.find(index));
        return make(Kind::max_over, begin, {std::move(body)}, index);
    }
    if (!peek().is('(')) fail_here("\\max and \\min need parentheses: \\max(z, 0)");
    next();
    std::vector<Tree> children;
    do children.push_back(expression());
    while (skip(','));
    expect(')', "to close \\max");
    if (children.size() < 2) fail(begin, "\\max and \\min compare two numbers or more");
    return make(is_maximum ? Kind::maximum : Kind::minimum, begin, std::move(children));
}

// \sum_{k=1}^{K} or \sum_k, of the following entrywise term
Tree Parser::over() {
    const Level level(*this);
    const auto begin = peek().begin;
    const Kind kind = next().text == "sum" ? Kind::sum_over : Kind::product_over;
    if (!skip('_')) fail_here("a sum needs its index: \\sum_{k=1}^{K}");
    std::vector<Tree> bounds;
    const bool braced = skip('{');
    if (peek().type != TokenType::letter) fail_here("expected the index of the sum, found " + found_here());
    const auto index = next().text;
    if (braced && skip('=')) {
        bounds.push_back(this->index());
        expect('}', "behind the lower bound");
        if (!skip('^')) fail_here("a sum with a lower bound needs an upper one: \\sum_{k=1}^{K}");
        if (skip('{')) {
            bounds.push_back(this->index());
            expect('}', "behind the upper bound");
        } else {
            bounds.push_back(index_atom());
        }
    } else if (braced) {
        if (peek().is_command("neq") || peek().is_command("ne"))
            fail_here("write a sum without one term as the whole sum minus that term");
        expect('}', "behind the index of the sum");
    }
    bound_.insert(index);
    Tree body = entrywise_term();
    bound_.erase(bound_.find(index));
    bounds.insert(bounds.begin(), std::move(body));
    return make(kind, begin, std::move(bounds), index);
}

Tree Parser::delta() {
    const auto begin = peek().begin;
    next();
    next();  // _
    auto indices = index_list();
    if (indices.size() != 2) fail(begin, "\\delta has two indices: \\delta_{ij}");
    return make(Kind::delta, begin, std::move(indices));
}

// \mathbf{1}_m and I_n; other bold letters are names
Tree Parser::ones_or_bold() {
    const auto begin = peek().begin;
    const bool is_identity = peek().type == TokenType::letter;
    const auto start = at_;
    if (!is_identity) {
        if (!(peek(1).is('{') && peek(2).type == TokenType::number && peek(2).text == "1" && peek(3).is('}')))
            return name();
        if (find(raw_name().canonical()) >= 0) {
            at_ = start;
            return name();
        }
        at_ = start + 4;
    } else {
        next();
    }
    if (!skip('_')) fail_here("\\mathbf{1} needs its size: \\mathbf{1}_m");
    auto sizes = index_list();
    if (sizes.size() != 1 || (sizes[0].kind != Kind::size && sizes[0].kind != Kind::number))
        fail(begin, "expected a size that the table declares, as in \\mathbf{1}_m or I_n");
    const auto dimension = sizes[0].kind == Kind::size ? symbol(sizes[0].symbol).name : sizes[0].text;
    Tree tree = make(is_identity ? Kind::identity : Kind::ones, begin);
    tree.shape = {dimension, is_identity ? dimension : "1"};
    return tree;
}

// \mathrm{diag}, \mathrm{tr}, \mathrm{erf} and declared names
Tree Parser::roman() {
    const auto begin = peek().begin;
    const auto start = at_;
    const auto base = base_name();
    at_ = start;
    const bool is_own = find(base) >= 0 || find(raw_name().canonical()) >= 0;
    at_ = start;
    if (!is_own && (base == "\\mathrm{diag}" || base == "\\mathrm{tr}" || base == "\\mathrm{erf}")) {
        base_name();
        if (!peek().is('(')) fail_here(base + " needs its argument in parentheses");
        Tree inner = group('(', ')');
        if (base == "\\mathrm{erf}") return make(Kind::elementary, begin, {std::move(inner)}, "erf");
        return make(base == "\\mathrm{diag}" ? Kind::diagonal : Kind::trace, begin, {std::move(inner)});
    }
    return name();
}

Tree Parser::environment() {
    const auto which = peek().text.substr(6);
    if (which == "cases") return cases();
    if (which == "pmatrix" || which == "bmatrix") return matrix(which);
    if (which == "aligned") fail_here("\\begin{aligned} can only enclose the whole fence");
    fail_here("unknown environment " + which + ": aligned, cases, pmatrix and bmatrix are accepted");
}

Tree Parser::cases() {
    const Level level(*this);
    const auto begin = peek().begin;
    next();
    std::vector<Tree> children;
    while (!(peek().type == TokenType::words && peek().text == "end:cases")) {
        if (!children.empty() && children.back().kind == Kind::otherwise)
            fail_here("nothing can follow the case 'otherwise'");
        children.push_back(expression());
        skip(',');
        expect('&', "between a value and its condition");
        while (peek().type == TokenType::wide) next();
        const bool otherwise = peek().type == TokenType::words && peek().text == "text:otherwise";
        if (otherwise) {
            const auto at = peek().begin;
            next();
            children.push_back(make(Kind::otherwise, at));
        } else {
            if (peek().type == TokenType::words && (peek().text == "text:if" || peek().text == "text:for")) next();
            auto found = conditions();
            if (found.size() != 1)
                fail(found[0].begin,
                     "a case has one condition, for example z > 0; write the second one as another case");
            children.push_back(std::move(found[0]));
        }
        skip(',');
        if (peek().type == TokenType::row) {
            next();
        } else if (!(peek().type == TokenType::words && peek().text == "end:cases")) {
            fail_here("expected \\\\ or \\end{cases}, found " + found_here());
        }
    }
    next();
    if (children.empty()) fail(begin, "these cases are empty");
    return make(Kind::cases, begin, std::move(children));
}

Tree Parser::matrix(std::string_view name) {
    const Level level(*this);
    const auto begin = peek().begin;
    next();
    const auto end = "end:" + std::string(name);
    std::vector<Tree> entries;
    std::size_t rows = 0;
    std::size_t columns = 0;
    while (!(peek().type == TokenType::words && peek().text == end)) {
        std::size_t here = 0;
        do {
            entries.push_back(expression());
            ++here;
        } while (skip('&'));
        if (rows > 0 && here != columns)
            fail_here("this row has " + std::to_string(here) + " entries, the first one " + std::to_string(columns));
        columns = here;
        ++rows;
        if (peek().type == TokenType::row) {
            next();
        } else if (!(peek().type == TokenType::words && peek().text == end)) {
            fail_here("expected &, \\\\ or \\end{" + std::string(name) + "}, found " + found_here());
        }
    }
    next();
    if (entries.empty()) fail(begin, "this matrix is empty");
    Tree tree = make(Kind::matrix, begin, std::move(entries));
    tree.shape = {std::to_string(rows), std::to_string(columns)};
    return tree;
}

bool Parser::relation(Relation& found, std::size_t& begin) {
    const Token& token = peek();
    begin = token.begin;
    if (token.is(':') && peek(1).is('=')) {
        found = Relation::defines;
        next();
    } else if (token.is('=')) {
        found = Relation::equal;
    } else if (token.is('<')) {
        found = Relation::less;
    } else if (token.is('>')) {
        found = Relation::greater;
    } else if (token.is_command("le") || token.is_command("leq")) {
        found = Relation::less_equal;
    } else if (token.is_command("ge") || token.is_command("geq")) {
        found = Relation::greater_equal;
    } else if (token.is_command("neq") || token.is_command("ne")) {
        found = Relation::not_equal;
    } else if (token.is_command("approx")) {
        found = Relation::approximately;
    } else {
        return false;
    }
    next();
    return true;
}

}  // namespace gradproof::notes
