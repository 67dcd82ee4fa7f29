// SPDX-License-Identifier: MIT
#include "notes/engines/defined_everywhere.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "notes/algebra/branches.hpp"
#include "notes/engines/claim_problem.hpp"
#include "notes/graph/graph_text.hpp"

namespace gradproof::proof {
namespace {

using notes::Need;
using notes::NodeId;
using notes::Question;
using notes::SideCondition;

constexpr std::size_t most_listed = 4;

std::set<EntryId> entries_below(const notes::Graph& graph, std::vector<NodeId> open) {
    std::set<EntryId> found;
    std::set<NodeId> seen;
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (!seen.insert(id).second) continue;
        const notes::GraphNode& node = graph[id];
        if (node.operation == notes::Operation::variable) found.insert({node.symbol, node.row, node.column});
        open.insert(open.end(), node.children.begin(), node.children.end());
    }
    return found;
}

// The part of a question that a side condition is about: what has to have a sign, under the conditions that share
// entries with it.
Question part_about(const notes::Graph& graph, const SideCondition& condition, const Question& question) {
    Question part;
    part.narrowed = question.narrowed;
    part.sizes = question.sizes;
    std::vector<NodeId> roots{condition.of};
    for (const auto& guard : condition.guards) roots.push_back(guard.condition);
    for (const NodeId root : roots) {
        part.instances.emplace_back();
        part.instances.back().left = part.instances.back().right = root;
    }
    std::set<EntryId> shared = entries_below(graph, roots);
    std::vector<notes::Condition> others = question.conditions;
    for (bool grows = true; grows;) {
        grows = false;
        for (std::size_t i = others.size(); i-- > 0;) {
            const auto about = entries_below(graph, {others[i].left, others[i].right});
            const bool shares =
                std::any_of(about.begin(), about.end(), [&](const auto& e) { return shared.contains(e); });
            if (!shares) continue;
            part.conditions.push_back(others[i]);
            shared.insert(about.begin(), about.end());
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
            grows = true;
        }
    }
    return part;
}

struct NotSeen : std::runtime_error {
    using std::runtime_error::runtime_error;
};

bool is_seen(Need need, const Symbol& value) {
    Field& field = Field::current();
    switch (need) {
        case Need::not_zero:
            return field.is_not_zero(value);
        case Need::positive:
            return field.is_positive(value);
        case Need::not_negative:
            break;
    }
    return field.is_nonnegative(value);
}

bool is_proved(const Problem& problem, const SideCondition& condition, const EntryValues& entries) {
    const auto body = [&](std::size_t capacity) {
        Field field(capacity, most_terms, charge_of(problem));
        GraphFormulas formulas(problem.graph, problem.symbols, entries, true);
        for (const auto& [relation, left, right] : problem.question.conditions)
            if (!formulas.holds(relation, formulas.of(left), formulas.of(right))) return;
        for (const auto& guard : condition.guards)
            if (formulas.holds(guard.condition) != guard.holds) return;
        try {
            if (!is_seen(condition.need, formulas.of(condition.of)) && !field.has_contradiction()) throw NotSeen("");
        } catch (const AtKink&) {
            return;  // a derivative that does not exist is not claimed about
        }
    };
    for (const std::size_t functions : {32U, 300U}) {
        try {
            for_each_branch([&] { body(entries.size() + functions); }, {.with_ties = true, .limit = most_branches});
            return true;
        } catch (const FieldFull&) {
            continue;
        } catch (const notes::TooLarge&) {
            throw;
        } catch (const std::exception&) {
            return false;
        }
    }
    return false;
}

bool is_proved(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols, const Question& question,
               const SideCondition& condition, notes::Work& work) {
    const Question part = part_about(graph, condition, question);
    const Problem problem(graph, symbols, part, work);
    if (problem.entries().size() > most_entries) return false;
    if (is_proved(problem, condition, widest(problem, Ends::included))) return true;
    for (const auto closed : {ClosedIntervals::whole, ClosedIntervals::in_parts}) {
        const auto parts = choices(problem, closed, Ends::included);
        const auto proved = [&](const EntryValues& entries) { return is_proved(problem, condition, entries); };
        if (!parts.empty() && std::all_of(parts.begin(), parts.end(), proved)) return true;
    }
    return false;
}

// A text in which entries look alike: "A_{1 2} > 0" and "A_{3 1} > 0" become "A_{} > 0".
std::string without_indices(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        result += text[i];
        if (!result.ends_with("_{")) continue;
        const auto end = text.find_first_not_of("0123456789 ", i + 1);
        if (end != std::string::npos && text[end] == '}') i = end - 1;
    }
    return result;
}

// The conditions for a reader, short ones first. What is positive need not be said to be not 0, too, and of the entries
// of a matrix one is enough.
DefinedEverywhere list_of(const std::vector<SideCondition>& used, const notes::Graph& graph,
                          const std::vector<notes::Symbol>& symbols) {
    std::set<std::string> positive;
    for (const auto& one : used)
        if (one.need == Need::positive) positive.insert(notes::text_of(graph, one.of, symbols));
    std::set<std::string> texts;
    for (const auto& one : used)
        if (one.need == Need::positive || !positive.contains(notes::text_of(graph, one.of, symbols)))
            texts.insert(notes::text_of(one, graph, symbols));
    std::set<std::string> kinds;
    std::vector<std::string> shown;
    for (const auto& text : texts)
        if (kinds.insert(without_indices(text)).second) shown.push_back(text);
    std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    if (shown.size() > most_listed) shown.resize(most_listed);
    const std::size_t more = texts.size() - shown.size();
    return {.conditions = std::move(shown), .more = more};
}

}  // namespace

DefinedEverywhere has_values_everywhere(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                                        const Question& question, notes::Work& work) {
    std::vector<SideCondition> used;
    try {
        for (auto& condition : side_conditions(graph, symbols, question)) {
            if (!is_proved(graph, symbols, question, condition, work))
                return {.not_seen = notes::text_of(condition, graph, symbols)};
            used.push_back(std::move(condition));
        }
    } catch (const std::exception& reason) {
        return {.not_decided = std::string("whether it has values everywhere was not decided: ") + reason.what()};
    }
    return list_of(used, graph, symbols);
}

}  // namespace gradproof::proof
