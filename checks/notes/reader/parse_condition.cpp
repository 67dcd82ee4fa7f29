// SPDX-License-Identifier: MIT
//
// Conditions: comparisons, and memberships in sets.
#include <utility>

#include "notes/graph/set_values.hpp"
#include "notes/reader/parser.hpp"

namespace gradproof::notes {

// A chain of relations, or one membership: 0 < a < 1, x \in (0, 1], x \notin \{0, 1\}.
std::vector<Tree> Parser::conditions() {
    std::vector<Tree> found;
    const auto begin = peek().begin;
    const auto side = [this] {
        // An index that is free (i \neq j) is a letter nobody declared.
        if (peek().type == TokenType::letter && find(peek().text) < 0 && peek().text != "e") return index();
        return expression();
    };
    Tree left = side();
    if (peek().is_command("in") || peek().is_command("notin")) {
        const Kind kind = next().text == "in" ? Kind::member : Kind::not_member;
        Tree values = set();
        found.push_back(make(kind, begin, {std::move(left), std::move(values)}));
        return found;
    }
    Relation which{};
    std::size_t at = 0;
    while (relation(which, at)) {
        if (which == Relation::defines || which == Relation::approximately)
            fail(at, "a condition compares with = \\neq < > \\le \\ge");
        Tree right = side();
        Tree compare = make(Kind::compare, begin, {left, right});
        compare.relation = which;
        found.push_back(std::move(compare));
        left = std::move(right);
    }
    if (found.empty()) fail_here("expected a condition such as z > 0, found " + found_here());
    return found;
}

Tree Parser::set() {
    const auto begin = peek().begin;
    if (peek().is('(') || peek().is('[')) return interval();
    if (peek().is_command("{")) {
        std::vector<Tree> members;
        do {
            next();
            members.push_back(expression());
        } while (peek().is(','));
        if (!peek().is_command("}")) fail_here("expected \\} behind the members of the set, found " + found_here());
        next();
        return make(Kind::finite_set, begin, std::move(members));
    }
    const bool is_reals =
        peek().is_command("mathbb") && peek(1).is('{') && peek(2).text == "R" && peek(3).is('}') && !peek(4).is('^');
    if (!is_reals)
        fail_here("expected an interval (0, 1), a set \\{0, 1\\} or \\mathbb{R} behind \\in, found " + found_here());
    for (int i = 0; i < 4; ++i) next();
    return make(Kind::reals, begin);
}

// (0, 1], [0, \infty), (-\infty, 0)
Tree Parser::interval() {
    const auto begin = peek().begin;
    const auto end = [this](bool is_lower) {
        const auto at = peek().begin;
        const bool minus = peek().is('-') && peek(1).is_command("infty");
        if (!minus && !peek().is_command("infty")) return expression();
        if (minus != is_lower) fail_here("an interval reaches from -\\infty to \\infty at most");
        if (minus) next();
        next();
        return make(Kind::infinity, at);
    };
    Ends ends;
    ends.lower = next().is('[');
    Tree lower = end(true);
    expect(',', "between the ends of the interval");
    Tree upper = end(false);
    if (!peek().is(')') && !peek().is(']')) fail_here("expected ) or ] behind the interval, found " + found_here());
    ends.upper = next().is(']');
    if ((ends.lower && lower.kind == Kind::infinity) || (ends.upper && upper.kind == Kind::infinity))
        fail(begin, "infinity belongs to no interval: write ( and )");
    const auto first = digits_of(lower);
    const auto last = digits_of(upper);
    if (first && last) {
        const int order = compare_digits(*first, *last);
        if (order > 0 || (order == 0 && !(ends.lower && ends.upper))) fail(begin, "this interval is empty");
    }
    Tree tree = make(Kind::interval, begin, {std::move(lower), std::move(upper)});
    tree.ends = ends;
    return tree;
}

}  // namespace gradproof::notes
