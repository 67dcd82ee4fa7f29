// SPDX-License-Identifier: MIT
#include "notes/engines/claim_domain.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>

namespace gradproof::proof {

using notes::GraphNode;
using notes::NodeId;
using notes::Operation;

ClaimDomain::ClaimDomain(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                         const notes::Question& question)
    : graph_(graph), symbols_(symbols), question_(question) {
    std::set<NodeId> seen;
    std::vector<NodeId> open;
    for (const auto& instance : question.instances) open.insert(open.end(), {instance.left, instance.right});
    for (const auto& condition : question.conditions) open.insert(open.end(), {condition.left, condition.right});
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (!seen.insert(id).second) continue;
        const GraphNode& node = graph[id];
        if (node.operation == Operation::variable) coordinates_.insert({node.symbol, node.row, node.column});
        open.insert(open.end(), node.children.begin(), node.children.end());
    }
    nodes_ = seen.size();
}

const notes::Domain& ClaimDomain::domain(int symbol) const {
    for (const auto& [narrowed, domain] : question_.narrowed)
        if (narrowed == symbol) return domain;
    return symbols_[static_cast<std::size_t>(symbol)].domain;
}

int ClaimDomain::rows(int symbol) const {
    const std::string& size = symbols_[static_cast<std::size_t>(symbol)].shape.rows;
    for (const auto& [name, value] : question_.sizes)
        if (name == size) return value;
    return std::stoi(size);
}

std::string ClaimDomain::name(const Coordinate& coordinate) const {
    const auto& symbol = symbols_[static_cast<std::size_t>(coordinate.symbol)];
    if (symbol.shape.is_number()) return symbol.name;
    std::string indices = std::to_string(coordinate.row + 1);
    if (!symbol.shape.is_column()) indices += "," + std::to_string(coordinate.column + 1);
    return symbol.name + "(" + indices + ")";
}

void ClaimDomain::narrow(const Coordinate& coordinate, double inside, double& lower, double& upper) const {
    using notes::Relation;
    const auto is_it = [&](NodeId id) {
        const GraphNode& node = graph_[id];
        return node.operation == Operation::variable && Coordinate{node.symbol, node.row, node.column} == coordinate;
    };
    const auto number = [&](NodeId id) -> std::optional<double> {
        const bool negative = graph_[id].operation == Operation::negate;
        const GraphNode& node = negative ? graph_[graph_[id].children[0]] : graph_[id];
        if (node.operation != Operation::number) return std::nullopt;
        const double value = number_of(node.text);
        return negative ? -value : value;
    };
    for (const auto& [relation, left, right] : question_.conditions) {
        const bool less = relation == Relation::less || relation == Relation::less_equal;
        const bool greater = relation == Relation::greater || relation == Relation::greater_equal;
        if (!less && !greater) continue;
        const double step = relation == Relation::less || relation == Relation::greater ? inside : 0;
        const auto bound = is_it(left) ? number(right) : is_it(right) ? number(left) : std::nullopt;
        if (!bound) continue;
        if (less == is_it(left)) {
            upper = std::min(upper, *bound - step);
        } else {
            lower = std::max(lower, *bound + step);
        }
    }
}

double number_of(const std::string& digits) {
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        throw std::invalid_argument("'" + digits + "' is no number in digits");
    return value;
}

int ClaimDomain::degree(NodeId root, const std::set<Coordinate>& in) const {
    std::map<NodeId, int> known;
    const auto compute = [&](const auto& self, NodeId id) -> int {
        if (const auto found = known.find(id); found != known.end()) return found->second;
        const GraphNode& node = graph_[id];
        int highest = 0;
        int sum = 0;
        for (const NodeId child : node.children) {
            const int one = self(self, child);
            highest = std::max(highest, one);
            sum += one;
        }
        int result = highest == 0 ? 0 : 2;
        switch (node.operation) {
            case Operation::variable:
                result = in.contains({node.symbol, node.row, node.column}) ? 1 : 0;
                break;
            case Operation::alias:
            case Operation::add:
            case Operation::subtract:
            case Operation::negate:
                result = highest;
                break;
            case Operation::multiply:
                result = std::min(sum, 2);
                break;
            case Operation::divide:
                if (self(self, node.children[1]) == 0) result = highest;
                break;
            case Operation::derivative:
                // By something that does not hold them, an affine function has an affine derivative.
                if (self(self, node.children[1]) == 0) result = highest;
                break;
            default:
                break;
        }
        return known[id] = result;
    };
    return compute(compute, root);
}

}  // namespace gradproof::proof
