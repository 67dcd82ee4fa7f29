// SPDX-License-Identifier: MIT
#include "notes/graph/differentiate.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "notes/engines/work.hpp"
#include "notes/graph/bounds.hpp"

namespace gradproof::notes {
namespace {

constexpr std::size_t largest_graph = 2 * most_nodes;

}  // namespace

bool Differentiator::is(NodeId node, std::string_view digits) const {
    return graph_[node].operation == Operation::number && graph_[node].text == digits;
}

NodeId Differentiator::make(Operation operation, std::vector<NodeId> children, std::string text) {
    if (graph_.size() > largest_graph) throw TooLarge("too large: a derivative has too many terms");
    GraphNode node;
    node.operation = operation;
    node.children = std::move(children);
    node.text = std::move(text);
    return graph_.add(std::move(node));
}

NodeId Differentiator::compare(Relation relation, NodeId left, NodeId right) {
    GraphNode node;
    node.operation = Operation::compare;
    node.relation = relation;
    node.children = {left, right};
    return graph_.add(std::move(node));
}

NodeId Differentiator::add(std::vector<NodeId> terms) {
    std::erase_if(terms, [this](NodeId term) { return is(term, "0"); });
    if (terms.empty()) return graph_.number(0);
    if (terms.size() == 1) return terms.front();
    return make(Operation::add, std::move(terms));
}

NodeId Differentiator::multiply(std::vector<NodeId> factors) {
    if (std::any_of(factors.begin(), factors.end(), [this](NodeId factor) { return is(factor, "0"); }))
        return graph_.number(0);
    std::erase_if(factors, [this](NodeId factor) { return is(factor, "1"); });
    if (factors.empty()) return graph_.number(1);
    if (factors.size() == 1) return factors.front();
    return make(Operation::multiply, std::move(factors));
}

NodeId Differentiator::negate(NodeId node) {
    return is(node, "0") ? node : make(Operation::negate, {node});
}

NodeId Differentiator::divide(NodeId top, NodeId bottom) {
    return is(top, "0") ? top : make(Operation::divide, {top, bottom});
}

void Differentiator::shrink(std::size_t size) {
    const auto gone = [size](NodeId id) { return static_cast<std::size_t>(id) >= size; };
    std::erase_if(resolved_, [&](const auto& item) { return gone(item.first) || gone(item.second); });
    std::erase_if(derivatives_, [&](const auto& item) {
        return gone(item.first.first) || gone(item.first.second) || gone(item.second);
    });
}

NodeId Differentiator::without_derivatives(NodeId root) {
    // Bottom-up over what is not resolved yet; ids of children are smaller than those of their parents.
    std::set<NodeId> open;
    std::vector<NodeId> stack{root};
    while (!stack.empty()) {
        const NodeId id = stack.back();
        stack.pop_back();
        if (resolved_.contains(id) || !open.insert(id).second) continue;
        stack.insert(stack.end(), graph_[id].children.begin(), graph_[id].children.end());
    }
    for (const NodeId id : open) {
        GraphNode node = graph_[id];
        bool changed = false;
        for (NodeId& child : node.children) {
            const NodeId after = resolved_.at(child);
            changed = changed || after != child;
            child = after;
        }
        if (node.operation == Operation::derivative && node.children.size() == 2) {
            node.children.push_back(derivative(node.children[0], node.children[1]));
            resolved_[id] = graph_.add(std::move(node));
        } else {
            resolved_[id] = changed ? graph_.add(std::move(node)) : id;
        }
    }
    return resolved_.at(root);
}

NodeId Differentiator::derivative(NodeId root, NodeId by) {
    // Again bottom-up, so that long chains do not become deep recursions. Only what is computed from `by` matters.
    std::set<NodeId> open;
    std::vector<NodeId> stack{root};
    while (!stack.empty()) {
        const NodeId id = stack.back();
        stack.pop_back();
        if (derivatives_.contains({id, by}) || !open.insert(id).second) continue;
        if (id > by) stack.insert(stack.end(), graph_[id].children.begin(), graph_[id].children.end());
    }
    for (const NodeId id : open) derivatives_[{id, by}] = by_rule(id, by);
    return derivatives_.at({root, by});
}

NodeId Differentiator::by_rule(NodeId id, NodeId by) {
    if (id == by) return graph_.number(1);
    if (id < by) return graph_.number(0);
    const GraphNode node = graph_[id];
    const auto slope = [&](NodeId child) { return derivatives_.at({child, by}); };
    switch (node.operation) {
        case Operation::number:
        case Operation::constant:
        case Operation::variable:
        case Operation::compare:
        case Operation::all:
        case Operation::any:
        case Operation::otherwise:
            return graph_.number(0);
        case Operation::derivative: {
            GraphNode guarded = node;
            guarded.children[2] = slope(node.children[2]);
            return is(guarded.children[2], "0") ? guarded.children[2] : graph_.add(std::move(guarded));
        }
        case Operation::alias:
            return slope(node.children[0]);
        case Operation::add: {
            std::vector<NodeId> terms;
            for (const NodeId child : node.children) terms.push_back(slope(child));
            return add(std::move(terms));
        }
        case Operation::subtract: {
            const NodeId left = slope(node.children[0]);
            const NodeId right = slope(node.children[1]);
            if (is(right, "0")) return left;
            if (is(left, "0")) return negate(right);
            return make(Operation::subtract, {left, right});
        }
        case Operation::negate:
            return negate(slope(node.children[0]));
        case Operation::multiply: {
            std::vector<NodeId> terms;
            for (std::size_t i = 0; i < node.children.size(); ++i) {
                std::vector<NodeId> factors = node.children;
                factors[i] = slope(node.children[i]);
                terms.push_back(multiply(std::move(factors)));
            }
            return add(std::move(terms));
        }
        case Operation::divide: {
            const NodeId top = node.children[0];
            const NodeId bottom = node.children[1];
            if (is(slope(bottom), "0")) return divide(slope(top), bottom);
            const NodeId first = divide(slope(top), bottom);
            const NodeId second = divide(multiply({top, slope(bottom)}), multiply({bottom, bottom}));
            return is(first, "0") ? negate(second) : make(Operation::subtract, {first, second});
        }
        case Operation::power:
            return of_power(node, by);
        case Operation::elementary:
            return of_elementary(node, by);
        case Operation::maximum:
        case Operation::minimum:
            return of_extremum(node, by);
        case Operation::opaque: {
            std::vector<NodeId> terms;
            for (std::size_t i = 0; i < node.children.size(); ++i) {
                GraphNode partial = node;
                ++partial.orders[i];
                const NodeId factor = slope(node.children[i]);
                if (!is(factor, "0")) terms.push_back(multiply({graph_.add(std::move(partial)), factor}));
            }
            return add(std::move(terms));
        }
        case Operation::cases: {
            GraphNode sloped = node;
            bool all_zero = true;
            for (std::size_t i = 0; i < node.children.size(); i += 2) {
                sloped.children[i] = slope(node.children[i]);
                all_zero = all_zero && is(sloped.children[i], "0");
            }
            sloped.interior = true;
            return graph_.add(std::move(sloped));
        }
    }
    return graph_.number(0);
}

// In digits where the exponent is: as a difference of numbers it would count as rounded, and the power of a negative
// number with it as unknown.
NodeId Differentiator::one_less(NodeId exponent) {
    const bool is_negative = graph_[exponent].operation == Operation::negate;
    const GraphNode& node = graph_[is_negative ? graph_[exponent].children[0] : exponent];
    int size = 0;
    const char* text_end = node.text.data() + node.text.size();
    const auto [end, error] = std::from_chars(node.text.data(), text_end, size);
    const bool is_whole = node.operation == Operation::number && end == text_end && error == std::errc{};
    if (is_whole && is_negative && size < std::numeric_limits<int>::max())
        return make(Operation::negate, {graph_.number(size + 1)});
    if (is_whole && !is_negative && size > 0) return graph_.number(size - 1);
    return make(Operation::subtract, {exponent, graph_.number(1)});
}

NodeId Differentiator::of_power(const GraphNode& node, NodeId by) {
    const NodeId base = node.children[0];
    const NodeId exponent = node.children[1];
    const NodeId base_slope = derivatives_.at({base, by});
    const NodeId exponent_slope = derivatives_.at({exponent, by});
    std::vector<NodeId> terms;
    if (!is(base_slope, "0")) {
        const NodeId lowered = is(exponent, "2") ? base : make(Operation::power, {base, one_less(exponent)});
        terms.push_back(multiply({exponent, lowered, base_slope}));
    }
    if (!is(exponent_slope, "0")) {
        const NodeId whole = make(Operation::power, {base, exponent});
        const bool natural = graph_[base].operation == Operation::constant && graph_[base].text == "e";
        const NodeId log = natural ? graph_.number(1) : make(Operation::elementary, {base}, "log");
        terms.push_back(multiply({whole, log, exponent_slope}));
    }
    return add(std::move(terms));
}

NodeId Differentiator::of_elementary(const GraphNode& node, NodeId by) {
    const NodeId inner = node.children[0];
    const NodeId slope = derivatives_.at({inner, by});
    if (is(slope, "0")) return slope;
    const auto function = [&](std::string name) { return make(Operation::elementary, {inner}, std::move(name)); };
    const std::string& name = node.text;
    if (name == "exp") return multiply({function("exp"), slope});
    if (name == "log") return divide(slope, inner);
    if (name == "sqrt") return divide(slope, multiply({graph_.number(2), function("sqrt")}));
    if (name == "tanh") {
        const NodeId value = function("tanh");
        const NodeId square = make(Operation::multiply, {value, value});
        return multiply({make(Operation::subtract, {graph_.number(1), square}), slope});
    }
    if (name == "sinh") return multiply({function("cosh"), slope});
    if (name == "cosh") return multiply({function("sinh"), slope});
    if (name == "sin") return multiply({function("cos"), slope});
    if (name == "cos") return negate(multiply({function("sin"), slope}));
    if (name == "arctan") {
        const NodeId square = make(Operation::multiply, {inner, inner});
        return divide(slope, add({graph_.number(1), square}));
    }
    if (name == "erf") {
        const NodeId square = make(Operation::multiply, {inner, inner});
        const NodeId bell = make(Operation::elementary, {negate(square)}, "exp");
        const NodeId root = make(Operation::elementary, {make(Operation::constant, {}, "pi")}, "sqrt");
        return multiply({divide(graph_.number(2), root), bell, slope});
    }
    // abs: no slope at 0, where neither case applies
    const NodeId zero = graph_.number(0);
    return make(Operation::cases,
                {slope, compare(Relation::greater, inner, zero), negate(slope), compare(Relation::less, inner, zero)});
}

// max(a, b, ...) has the slope of the argument that is larger than all others, and none where two are largest.
NodeId Differentiator::of_extremum(const GraphNode& node, NodeId by) {
    const bool maximum = node.operation == Operation::maximum;
    std::vector<NodeId> children;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        std::vector<NodeId> others;
        for (std::size_t k = 0; k < node.children.size(); ++k)
            if (k != i) others.push_back(node.children[k]);
        const NodeId rest = others.size() == 1 ? others[0] : make(node.operation, others);
        children.push_back(derivatives_.at({node.children[i], by}));
        children.push_back(compare(maximum ? Relation::greater : Relation::less, node.children[i], rest));
    }
    return make(Operation::cases, std::move(children));
}

}  // namespace gradproof::notes
