// SPDX-License-Identifier: MIT
#include "notes/engines/claim_problem.hpp"

#include <bit>
#include <string>
#include <utility>

namespace gradproof::proof {
namespace {

using notes::GraphNode;
using notes::NodeId;
using notes::Operation;
using notes::Question;

constexpr std::size_t most_choices = 64;
constexpr int most_rows_of_faces = 6;  // beyond, there are more than most_choices of them
constexpr double cost_of_node = 20;    // to look it up, apart from what is computed

// The nodes that a question is about.
std::set<NodeId> nodes_of(const notes::Graph& graph, const Question& question) {
    std::set<NodeId> result;
    std::vector<NodeId> stack;
    for (const auto& instance : question.instances) stack.insert(stack.end(), {instance.left, instance.right});
    for (const auto& condition : question.conditions) stack.insert(stack.end(), {condition.left, condition.right});
    while (!stack.empty()) {
        const NodeId id = stack.back();
        stack.pop_back();
        if (!result.insert(id).second) continue;
        stack.insert(stack.end(), graph[id].children.begin(), graph[id].children.end());
    }
    return result;
}

double end_of(const std::string& digits, double infinite) {
    return digits.empty() ? infinite : std::stod(digits);
}

// The ways in which the entries of a column that are not negative and add up to 1 can be 0: those of the others are
// positive, and but for the last of them free.
std::vector<EntryValues> faces_of_simplex(int symbol, int column, int rows) {
    std::vector<EntryValues> faces;
    for (unsigned positive = 1; positive < 1U << static_cast<unsigned>(rows); ++positive) {
        const int count = std::popcount(positive);
        const int last = static_cast<int>(std::bit_width(positive)) - 1;
        EntryValues face;
        for (int row = 0; row < rows; ++row) {
            EntryValue value;
            if ((positive >> static_cast<unsigned>(row)) % 2 == 0) {
                value.fixed = "0";
            } else if (count == 1) {
                value.fixed = "1";
            } else {
                value.is_rest = row == last;
                value.interval = open_unit_interval;
            }
            face[{symbol, row, column}] = value;
        }
        faces.push_back(face);
    }
    return faces;
}

// The values of one entry, in parts that are proved one by one; none if it is not taken apart.
std::vector<EntryValue> parts_of(const notes::Domain& domain, ClosedIntervals closed) {
    std::vector<EntryValue> parts;
    const auto point = [&](const std::string& digits) { parts.push_back({.interval = {}, .fixed = digits}); };
    if (domain.kind == notes::Domain::Kind::finite) {
        for (const auto& member : domain.members) point(member);
    } else if (closed == ClosedIntervals::in_parts && domain.kind == notes::Domain::Kind::interval &&
               (domain.closed_below || domain.closed_above)) {
        EntryValue inside;
        inside.interval.lower = end_of(domain.lower, inside.interval.lower);
        inside.interval.upper = end_of(domain.upper, inside.interval.upper);
        parts.push_back(inside);
        if (domain.closed_below) point(domain.lower);
        if (domain.closed_above) point(domain.upper);
    }
    return parts;
}

}  // namespace

Problem::Problem(const notes::Graph& g, const std::vector<notes::Symbol>& s, const Question& q, notes::Work& w)
    : graph(g), symbols(s), question(q), nodes(nodes_of(g, q)), work(w), compares(!q.conditions.empty()) {
    for (const NodeId id : nodes) {
        const GraphNode& node = graph[id];
        const auto is = [&](Operation operation) { return node.operation == operation; };
        compares = compares || is(Operation::cases) || is(Operation::maximum) || is(Operation::minimum) ||
                   (is(Operation::elementary) && node.text == "abs");
    }
}

const notes::Domain& Problem::domain(int symbol) const {
    for (const auto& [narrowed, domain] : question.narrowed)
        if (narrowed == symbol) return domain;
    return symbols[static_cast<std::size_t>(symbol)].domain;
}

std::set<EntryId> Problem::entries() const {
    std::set<EntryId> result;
    for (const NodeId id : nodes)
        if (const GraphNode& node = graph[id]; node.operation == Operation::variable)
            result.insert({node.symbol, node.row, node.column});
    return result;
}

int Problem::rows(int symbol) const {
    const std::string& name = symbols[static_cast<std::size_t>(symbol)].shape.rows;
    for (const auto& [size, value] : question.sizes)
        if (size == name) return value;
    return std::stoi(name);
}

EntryValues widest(const Problem& problem, Ends ends) {
    EntryValues result;
    const bool inside_is_enough = ends == Ends::left_out;
    for (const EntryId& id : problem.entries()) {
        const notes::Domain& domain = problem.domain(id.symbol);
        EntryValue value;
        if (domain.kind == notes::Domain::Kind::interval) {
            if (inside_is_enough || !domain.closed_below)
                value.interval.lower = end_of(domain.lower, value.interval.lower);
            if (inside_is_enough || !domain.closed_above)
                value.interval.upper = end_of(domain.upper, value.interval.upper);
            result[id] = value;
        } else if (domain.kind == notes::Domain::Kind::finite) {
            result[id] = value;
        } else {
            const int rows = problem.rows(id.symbol);
            for (int row = 0; row < rows; ++row) {
                EntryValue one;
                one.is_rest = row + 1 == rows;
                if (domain.kind == notes::Domain::Kind::simplex && inside_is_enough && !one.is_rest)
                    one.interval = open_unit_interval;
                result[{id.symbol, row, id.column}] = one;
            }
        }
    }
    return result;
}

std::vector<EntryValues> choices(const Problem& problem, ClosedIntervals closed, Ends ends) {
    std::vector<EntryValues> result{widest(problem, ends)};
    std::set<std::pair<int, int>> columns_done;
    bool any = false;
    for (const EntryId& id : problem.entries()) {
        const notes::Domain& domain = problem.domain(id.symbol);
        std::vector<EntryValues> options;
        for (const auto& part : parts_of(domain, closed)) options.push_back({{id, part}});
        if (domain.kind == notes::Domain::Kind::one_hot && columns_done.insert({id.symbol, id.column}).second) {
            const int rows = problem.rows(id.symbol);
            for (int one = 0; one < rows; ++one) {
                options.emplace_back();
                for (int row = 0; row < rows; ++row)
                    options.back()[{id.symbol, row, id.column}] = {.interval = {}, .fixed = row == one ? "1" : "0"};
            }
        }
        const bool has_faces = domain.kind == notes::Domain::Kind::simplex && ends == Ends::included &&
                               closed == ClosedIntervals::in_parts;
        if (has_faces && columns_done.insert({id.symbol, id.column}).second &&
            problem.rows(id.symbol) <= most_rows_of_faces)
            options = faces_of_simplex(id.symbol, id.column, problem.rows(id.symbol));
        if (options.empty()) continue;
        any = true;
        if (result.size() * options.size() > most_choices) return {};
        std::vector<EntryValues> extended;
        for (const auto& base : result)
            for (const auto& option : options) {
                extended.push_back(base);
                for (const auto& [entry, value] : option) extended.back()[entry] = value;
            }
        result = std::move(extended);
    }
    if (!any) result.clear();
    return result;
}

std::function<void(double)> charge_of(const Problem& problem) {
    problem.work.spend(cost_of_node * static_cast<double>(problem.nodes.size()));
    return [&work = problem.work](double cost) { work.spend(cost); };
}

}  // namespace gradproof::proof
