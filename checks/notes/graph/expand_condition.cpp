// SPDX-License-Identifier: MIT
//
// Conditions: of the indices of a claim, of its symbols, of the cases of a function. A membership is the comparisons
// that it stands for, or narrows the values that a symbol takes.
#include <algorithm>
#include <utility>

#include "notes/graph/expand.hpp"
#include "notes/graph/set_values.hpp"

namespace gradproof::notes {
namespace {

template <class Number>
bool holds(Relation relation, const Number& left, const Number& right) {
    switch (relation) {
        case Relation::equal:
            return left == right;
        case Relation::not_equal:
            return left != right;
        case Relation::less:
            return left < right;
        case Relation::less_equal:
            return left <= right;
        case Relation::greater:
            return left > right;
        default:
            return left >= right;
    }
}

bool is_membership(const Tree& condition) {
    return condition.kind == Kind::member || condition.kind == Kind::not_member;
}

/// A comparison of the element with an end or a member of a set.
struct Comparison {
    Relation relation;
    const Tree* with;
};

/// What a membership stands for: that all of these hold, or that one does.
struct Comparisons {
    std::vector<Comparison> list;
    bool all = true;
};

Comparisons comparisons_of(const Tree& membership) {
    const bool in = membership.kind == Kind::member;
    const Tree& set = membership.children[1];
    Comparisons result;
    if (set.kind == Kind::finite_set) {
        result.all = !in;
        for (const auto& member : set.children)
            result.list.push_back({in ? Relation::equal : Relation::not_equal, &member});
        return result;
    }
    result.all = in;
    if (set.kind == Kind::reals) {  // every value that exists is equal to itself
        result.list.push_back({in ? Relation::equal : Relation::not_equal, &membership.children[0]});
        return result;
    }
    using enum Relation;
    const Tree& lower = set.children[0];
    const Tree& upper = set.children[1];
    if (lower.kind != Kind::infinity)
        result.list.push_back(
            {in ? (set.ends.lower ? greater_equal : greater) : (set.ends.lower ? less : less_equal), &lower});
    if (upper.kind != Kind::infinity)
        result.list.push_back(
            {in ? (set.ends.upper ? less_equal : less) : (set.ends.upper ? greater : greater_equal), &upper});
    if (result.list.empty()) result.list.push_back({in ? equal : not_equal, &membership.children[0]});
    return result;
}

}  // namespace

bool Expander::indices_meet(const std::vector<Tree>& conditions, const std::map<std::string, int>& indices) const {
    Frame frame;
    frame.indices = indices;
    return std::all_of(conditions.begin(), conditions.end(), [&](const Tree& condition) {
        if (condition.children[0].kind != Kind::index) return true;
        const int left = index_value(condition.children[0], frame);
        if (!is_membership(condition))
            return holds(condition.relation, left, index_value(condition.children[1], frame));
        const Comparisons comparisons = comparisons_of(condition);
        const auto is_met = [&](const Comparison& one) {
            return holds(one.relation, left, index_value(*one.with, frame));
        };
        const auto& list = comparisons.list;
        return comparisons.all ? std::all_of(list.begin(), list.end(), is_met)
                               : std::any_of(list.begin(), list.end(), is_met);
    });
}

NodeId Expander::compare(Relation relation, NodeId left, NodeId right) {
    GraphNode node;
    node.operation = Operation::compare;
    node.relation = relation;
    node.children = {left, right};
    return add(std::move(node));
}

NodeId Expander::membership(const Tree& tree, const Frame& frame) {
    const NodeId element = expand(tree.children[0], frame).nodes.front();
    const Comparisons comparisons = comparisons_of(tree);
    std::vector<NodeId> parts;
    for (const auto& [relation, with] : comparisons.list)
        parts.push_back(compare(relation, element, expand(*with, frame).nodes.front()));
    if (parts.size() == 1) return parts.front();
    return combine(comparisons.all ? Operation::all : Operation::any, std::move(parts));
}

// z \in (0, 1) behind a claim: the values of z are narrowed, instead of waiting for points that happen to lie there.
bool Expander::narrow(const Tree& condition, Question& question) const {
    const Tree& element = condition.children[0];
    if (condition.kind != Kind::member || element.kind != Kind::symbol) return false;
    const Symbol& narrowed = symbol(element);
    const auto values = domain_of(condition.children[1]);
    const bool has_entries =
        narrowed.domain.kind == Domain::Kind::interval || narrowed.domain.kind == Domain::Kind::finite;
    if (narrowed.kind != SymbolKind::variable || !has_entries || !values) return false;
    auto known = std::find_if(question.narrowed.begin(), question.narrowed.end(),
                              [&](const auto& one) { return one.first == element.symbol; });
    const auto both = intersection(known == question.narrowed.end() ? narrowed.domain : known->second, *values);
    if (!both) fail(condition, "no value of " + narrowed.name + " meets the condition");
    if (known == question.narrowed.end()) {
        question.narrowed.emplace_back(element.symbol, *both);
    } else {
        known->second = *both;
    }
    return true;
}

void Expander::add_condition(const Tree& condition, Question& question) {
    if (condition.children[0].kind == Kind::index || narrow(condition, question)) return;
    const auto number = [this](const Tree& tree) {
        const Entries value = entries(tree);
        if (value.nodes.size() != 1) fail(tree, "a condition compares numbers");
        return value.nodes.front();
    };
    const NodeId left = number(condition.children[0]);
    if (!is_membership(condition)) {
        question.conditions.push_back({condition.relation, left, number(condition.children[1])});
        return;
    }
    const Comparisons comparisons = comparisons_of(condition);
    if (!comparisons.all && comparisons.list.size() > 1)
        fail(condition, "this leaves several parts: claim it in each of them, one by one");
    for (const auto& [relation, with] : comparisons.list)
        question.conditions.push_back({relation, left, number(*with)});
}

}  // namespace gradproof::notes
