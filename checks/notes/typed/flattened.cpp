// SPDX-License-Identifier: MIT
#include "notes/typed/flattened.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <numbers>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

namespace gradproof::notes {
namespace {

using Step = Formula::Step;
using In = Formula::Operation;

constexpr std::size_t largest_power = 64;

double number_in(const std::string& digits) {
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        throw std::invalid_argument("'" + digits + "' is too large or too small a number");
    return value;
}

class Flattening {
  public:
    Flattening(const Graph& graph, const std::vector<int>& symbols) : graph_(graph), symbols_(symbols) {}

    std::size_t of(NodeId id) {
        if (const auto known = known_.find(id); known != known_.end()) return known->second;
        const std::size_t step = made(graph_[id]);
        known_.emplace(id, step);
        return step;
    }
    std::size_t difference(NodeId left, NodeId right) { return add(In::subtract, of(left), of(right)); }

    Formula formula() && { return std::move(out_); }

  private:
    std::size_t put(Step step) {
        out_.steps.push_back(step);
        return out_.steps.size() - 1;
    }
    std::size_t add(In operation, std::size_t left, std::size_t right = 0) {
        return put({.operation = operation, .left = left, .right = right});
    }
    std::size_t number(double value) { return put({.operation = In::number, .number = value}); }
    std::size_t negative(std::size_t step) { return add(In::subtract, number(0), step); }
    std::size_t choose(std::size_t condition, std::size_t then, std::size_t otherwise) {
        return put({.operation = In::choose, .left = condition, .right = then, .otherwise = otherwise});
    }

    std::size_t made(const GraphNode& node) {
        switch (node.operation) {
            case Operation::number:
                return number(number_in(node.text));
            case Operation::constant:
                return number(node.text == "pi" ? std::numbers::pi : std::numbers::e);
            case Operation::variable: {
                const auto found = std::ranges::find(symbols_, node.symbol);
                if (found == symbols_.end()) throw std::invalid_argument("a letter in the formula has no value");
                return put({.operation = In::input, .left = static_cast<std::size_t>(found - symbols_.begin())});
            }
            case Operation::alias:
                return of(node.children[0]);
            case Operation::add:
                return chained(In::add, node);
            case Operation::multiply:
                return chained(In::multiply, node);
            case Operation::subtract:
                return difference(node.children[0], node.children[1]);
            case Operation::negate:
                return negative(of(node.children[0]));
            case Operation::divide:
                return add(In::divide, of(node.children[0]), of(node.children[1]));
            case Operation::power:
                return power(node.children[0], node.children[1]);
            case Operation::elementary:
                return elementary(node.text, of(node.children[0]));
            case Operation::maximum:
            case Operation::minimum:
                return extremum(node);
            case Operation::cases:
                return cases(node);
            case Operation::derivative:
                if (node.children.size() < 3) throw std::logic_error("a derivative that nobody carried out");
                return of(node.children[2]);
            case Operation::opaque:
            case Operation::compare:
            case Operation::all:
            case Operation::any:
            case Operation::otherwise:
                break;
        }
        throw std::invalid_argument("there is something in the formula that has no number");
    }

    std::size_t chained(In operation, const GraphNode& node) {
        std::size_t result = of(node.children[0]);
        for (std::size_t n = 1; n < node.children.size(); ++n) result = add(operation, result, of(node.children[n]));
        return result;
    }

    // A whole number that is small enough to be multiplied out, with its sign.
    std::optional<long> whole(NodeId exponent) const {
        const GraphNode& node = graph_[exponent];
        if (node.operation == Operation::alias) return whole(node.children[0]);
        if (node.operation == Operation::negate) {
            const auto positive = whole(node.children[0]);
            return positive ? std::optional(-*positive) : std::nullopt;
        }
        if (node.operation != Operation::number) return std::nullopt;
        const double value = number_in(node.text);
        const bool is_small = std::abs(value) <= static_cast<double>(largest_power);
        return is_small && value == std::floor(value) ? std::optional(static_cast<long>(value)) : std::nullopt;
    }

    std::size_t power(NodeId base, NodeId exponent) {
        if (const auto times = whole(exponent)) {
            const std::size_t product = add(In::power, of(base), static_cast<std::size_t>(std::abs(*times)));
            return *times < 0 ? add(In::divide, number(1), product) : product;
        }
        const GraphNode& node = graph_[base];
        if (node.operation == Operation::constant && node.text == "e") return add(In::exp, of(exponent));
        return add(In::exp, add(In::multiply, of(exponent), add(In::log, of(base))));
    }

    std::size_t elementary(const std::string& function, std::size_t u) {
        static const std::map<std::string, In, std::less<>> direct{
            {"exp", In::exp}, {"log", In::log}, {"sqrt", In::sqrt},   {"tanh", In::tanh},
            {"sin", In::sin}, {"cos", In::cos}, {"arctan", In::atan}, {"erf", In::erf}};
        if (const auto found = direct.find(function); found != direct.end()) return add(found->second, u);
        if (function == "abs") return choose(add(In::less, u, number(0)), negative(u), u);
        const std::size_t up = add(In::exp, u);
        const std::size_t down = add(In::exp, negative(u));
        if (function == "sinh") return add(In::divide, add(In::subtract, up, down), number(2));
        if (function == "cosh") return add(In::divide, add(In::add, up, down), number(2));
        throw std::invalid_argument(function + " is not known");
    }

    std::size_t extremum(const GraphNode& node) {
        std::size_t result = of(node.children[0]);
        for (std::size_t n = 1; n < node.children.size(); ++n) {
            const std::size_t next = of(node.children[n]);
            const bool maximum = node.operation == Operation::maximum;
            result = choose(maximum ? add(In::less, result, next) : add(In::less, next, result), next, result);
        }
        return result;
    }

    std::size_t cases(const GraphNode& node) {
        std::size_t result = of(node.children[node.children.size() - 2]);
        for (std::size_t n = node.children.size() - 2; n >= 2; n -= 2)
            result = choose(condition(node.children[n - 1]), of(node.children[n - 2]), result);
        return result;
    }

    std::size_t condition(NodeId id) {
        const GraphNode& node = graph_[id];
        switch (node.operation) {
            case Operation::compare:
                return compared(node.relation, of(node.children[0]), of(node.children[1]));
            case Operation::all:
                return joined(In::both, node, true);
            case Operation::any:
                return joined(In::either, node, false);
            case Operation::otherwise:
                return truth(true);
            default:
                throw std::logic_error("a value is no condition");
        }
    }
    std::size_t truth(bool value) {
        const std::size_t same = add(In::equal, number(0), number(0));
        return value ? same : add(In::opposite, same);
    }
    std::size_t joined(In operation, const GraphNode& node, bool of_none) {
        if (node.children.empty()) return truth(of_none);
        std::size_t result = condition(node.children[0]);
        for (std::size_t n = 1; n < node.children.size(); ++n)
            result = add(operation, result, condition(node.children[n]));
        return result;
    }
    std::size_t compared(Relation relation, std::size_t left, std::size_t right) {
        switch (relation) {
            case Relation::less:
                return add(In::less, left, right);
            case Relation::greater:
                return add(In::less, right, left);
            case Relation::less_equal:
                return add(In::opposite, add(In::less, right, left));
            case Relation::greater_equal:
                return add(In::opposite, add(In::less, left, right));
            case Relation::equal:
                return add(In::equal, left, right);
            default:
                return add(In::opposite, add(In::equal, left, right));
        }
    }

    const Graph& graph_;
    const std::vector<int>& symbols_;
    Formula out_;
    std::map<NodeId, std::size_t> known_;
};

// All comparisons in what a node is computed from.
void collect(const Graph& graph, NodeId id, std::set<NodeId>& seen, std::vector<NodeId>& comparisons) {
    if (!seen.insert(id).second) return;
    const GraphNode& node = graph[id];
    if (node.operation == Operation::compare) comparisons.push_back(id);
    for (const NodeId child : node.children) collect(graph, child, seen, comparisons);
}

}  // namespace

Formula flattened(const Graph& graph, NodeId node, const std::vector<int>& symbols) {
    Flattening flattening(graph, symbols);
    const std::size_t last = flattening.of(node);
    Formula formula = std::move(flattening).formula();
    // The value is the last step, whatever was made after it.
    if (last + 1 != formula.steps.size()) {
        const std::size_t zero = formula.steps.size();
        formula.steps.push_back({.operation = In::number});
        formula.steps.push_back({.operation = In::add, .left = last, .right = zero});
    }
    return formula;
}

std::vector<Formula> differences_of_conditions(const Graph& graph, NodeId node, const std::vector<int>& symbols) {
    std::set<NodeId> seen;
    std::vector<NodeId> comparisons;
    collect(graph, node, seen, comparisons);
    std::vector<Formula> differences;
    for (const NodeId comparison : comparisons) {
        Flattening flattening(graph, symbols);
        flattening.difference(graph[comparison].children[0], graph[comparison].children[1]);
        differences.push_back(std::move(flattening).formula());
    }
    return differences;
}

}  // namespace gradproof::notes
