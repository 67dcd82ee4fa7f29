// SPDX-License-Identifier: MIT
#include "notes/engines/graph_formulas.hpp"

#include <algorithm>
#include <stdexcept>

namespace gradproof::proof {

using notes::GraphNode;
using notes::NodeId;
using notes::Operation;
using notes::Relation;

Symbol exact_number(const std::string& text) {
    const auto e = text.find('e');
    const std::string digits = text.substr(0, e);
    Symbol result(0);
    Symbol scale(1);
    bool behind_point = false;
    bool any = false;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const char c = digits[i];
        if (c == '-' && i == 0) continue;
        if (c == '.' && !behind_point) {
            behind_point = true;
        } else if (c >= '0' && c <= '9') {
            result = result * Symbol(10) + Symbol(c - '0');
            if (behind_point) scale = scale * Symbol(10);
            any = true;
        } else {
            throw std::invalid_argument("'" + digits + "' is no number in digits");
        }
    }
    if (!any) throw std::invalid_argument("'" + digits + "' is no number in digits");
    if (e != std::string::npos) result = result * pow(Symbol(10), std::stoi(text.substr(e + 1)));
    return digits.front() == '-' ? -(result / scale) : result / scale;
}

GraphFormulas::GraphFormulas(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                             std::map<EntryId, EntryValue> entries, bool has_branches)
    : graph_(graph), symbols_(symbols), entries_(std::move(entries)), has_branches_(has_branches), contexts_(1) {
    for (const auto& [id, value] : entries_) entry(id);
}

Symbol GraphFormulas::entry(const EntryId& id) {
    if (const auto known = entry_symbols_.find(id); known != entry_symbols_.end()) return known->second;
    const EntryValue& value = entries_[id];
    Symbol result;
    if (!value.fixed.empty()) {
        result = exact_number(value.fixed);
    } else if (value.is_rest) {
        result = Symbol(1);
        for (int row = 0; row < id.row; ++row) result -= entry({id.symbol, row, id.column});
        const bool is_positive = value.interval.lower == 0;
        if (is_positive && !Field::current().is_number(result)) Field::current().assume_positive(result);
    } else {
        const std::string name = symbols_[static_cast<std::size_t>(id.symbol)].name + "(" + std::to_string(id.row + 1) +
                                 "," + std::to_string(id.column + 1) + ")#" + std::to_string(id.symbol);
        result = Field::current().symbol_within(name, value.interval);
    }
    return entry_symbols_[id] = result;
}

bool GraphFormulas::depends(Context& context, NodeId node) {
    if (node == context.cut) return true;
    if (node < context.cut) return false;  // children come before their parents
    if (const auto known = context.depends.find(node); known != context.depends.end()) return known->second;
    bool result = false;
    for (const NodeId child : graph_[node].children) result = result || depends(context, child);
    return context.depends[node] = result;
}

Symbol GraphFormulas::of(NodeId node) {
    return of(node, 0);
}

Symbol GraphFormulas::of(NodeId node, std::size_t context) {
    // A node that does not depend on the innermost cut has the formula it has outside.
    while (context > 0 && !depends(contexts_[context], node)) context = contexts_[context].outer;
    if (context > 0 && node == contexts_[context].cut) return contexts_[context].symbol;
    auto& known = contexts_[context].known;
    if (const auto found = known.find(node); found != known.end()) return found->second;
    const Symbol result = compute(node, context);
    known[node] = result;
    return result;
}

Symbol GraphFormulas::compute(NodeId id, std::size_t context) {
    const GraphNode& node = graph_[id];
    const auto child = [&](std::size_t i) { return of(node.children[i], context); };
    switch (node.operation) {
        case Operation::number:
            return exact_number(node.text);
        case Operation::constant:
            return node.text == "e" ? exp(Symbol(1)) : root_of_pi() * root_of_pi();
        case Operation::variable:
            return entry({node.symbol, node.row, node.column});
        case Operation::alias:
            return child(0);
        case Operation::add: {
            Symbol sum = child(0);
            for (std::size_t i = 1; i < node.children.size(); ++i) sum += child(i);
            return sum;
        }
        case Operation::subtract:
            return child(0) - child(1);
        case Operation::negate:
            return -child(0);
        case Operation::multiply: {
            Symbol product = child(0);
            for (std::size_t i = 1; i < node.children.size(); ++i) product *= child(i);
            return product;
        }
        case Operation::divide:
            return child(0) / child(1);
        case Operation::power: {
            const GraphNode& base = graph_[node.children[0]];
            if (base.operation == Operation::constant && base.text == "e") return exp(child(1));
            return pow(child(0), child(1));
        }
        case Operation::elementary:
            return elementary(node.text, child(0));
        case Operation::maximum:
        case Operation::minimum:
            return extremum(node, context);
        case Operation::opaque: {
            if (node.children.size() != 1) throw UnsupportedFunction("an unknown function of several arguments");
            const auto& function = symbols_[static_cast<std::size_t>(node.symbol)];
            return unknown(function.name + "#" + std::to_string(node.symbol), static_cast<unsigned>(node.orders[0]),
                           child(0));
        }
        case Operation::cases:
            return cases(node, context);
        case Operation::derivative:
            return derivative(node, context);
        case Operation::compare:
        case Operation::all:
        case Operation::any:
        case Operation::otherwise:
            break;
    }
    throw std::logic_error("a condition has no value");
}

Symbol GraphFormulas::elementary(const std::string& function, const Symbol& u) const {
    if (function == "exp") return exp(u);
    if (function == "log") return log(u);
    if (function == "sqrt") return sqrt(u);
    if (function == "tanh") return tanh(u);
    if (function == "sinh") return sinh(u);
    if (function == "cosh") return cosh(u);
    if (function == "sin") return sin(u);
    if (function == "cos") return cos(u);
    if (function == "arctan") return atan(u);
    if (function == "erf") return erf(u);
    if (function == "abs") return abs(u);
    throw UnsupportedFunction(function + " is not in the field of formulas");
}

Symbol GraphFormulas::extremum(const GraphNode& node, std::size_t context) {
    Symbol result = of(node.children[0], context);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const Symbol next = of(node.children[i], context);
        result = node.operation == Operation::maximum ? max(result, next) : min(result, next);
    }
    return result;
}

Symbol GraphFormulas::cases(const GraphNode& node, std::size_t context) {
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2)
        if (holds(node.children[i + 1], context)) return of(node.children[i], context);
    throw std::domain_error("no case applies");
}

bool GraphFormulas::holds(NodeId condition) {
    return holds(condition, 0);
}

bool GraphFormulas::holds(NodeId condition, std::size_t context) {
    const GraphNode& node = graph_[condition];
    const auto one_holds = [&](NodeId child) { return holds(child, context); };
    if (node.operation == Operation::otherwise) return true;
    if (node.operation == Operation::all) return std::all_of(node.children.begin(), node.children.end(), one_holds);
    if (node.operation == Operation::any) return std::any_of(node.children.begin(), node.children.end(), one_holds);
    return holds(node.relation, of(node.children[0], context), of(node.children[1], context));
}

bool GraphFormulas::holds(Relation relation, const Symbol& left, const Symbol& right) {
    switch (relation) {
        case Relation::less:
            return left < right;
        case Relation::less_equal:
            return left <= right;
        case Relation::greater:
            return left > right;
        case Relation::greater_equal:
            return left >= right;
        case Relation::equal:
            return left == right;
        case Relation::not_equal:
            return !(left == right);
        case Relation::defines:
        case Relation::approximately:
            break;
    }
    throw std::logic_error("not a condition");
}

Symbol GraphFormulas::derivative(const GraphNode& node, std::size_t context) {
    const NodeId by = node.children[1];
    const Symbol value = of(by, context);
    Field& field = Field::current();
    // Without branches there is no kink to step over, and a variable can be differentiated by as it stands.
    if (graph_[by].operation == Operation::variable && !has_branches_ && field.is_symbol(value))
        return field.derivative(of(node.children[0], context), value);
    const std::size_t inner = contexts_.size();
    contexts_.push_back({.outer = context, .cut = by, .symbol = field.standing_for(value), .known = {}, .depends = {}});
    const Symbol function = of(node.children[0], inner);
    const Symbol slope = field.derivative(function, contexts_[inner].symbol);
    const Symbol result = field.substitute(slope, contexts_[inner].symbol, value);
    contexts_.pop_back();
    return result;
}

}  // namespace gradproof::proof
