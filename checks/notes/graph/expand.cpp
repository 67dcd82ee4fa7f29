// SPDX-License-Identifier: MIT
#include "notes/graph/expand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "notes/graph/bounds.hpp"

namespace gradproof::notes {
namespace {

// Steps of the expansion: most of them find a node that there is already.
constexpr long most_steps = 20L * static_cast<long>(most_nodes_of_claim);

Entries number_entries(NodeId node) {
    return {1, 1, {node}};
}

}  // namespace

void Expander::fail(const Tree& at, const std::string& message) const {
    throw NoteError(file_, at.where, message);
}

void Expander::too_large(const Tree& at, const std::string& why) const {
    fail(at, "the formula is too large to expand: " + why);
}

// Powers are where few letters become a large formula.
void Expander::require_power_in_bounds(const GraphNode& node) {
    const Extent base = extents_.of(node.children[0]);
    const auto exponent = extents_.of(node.children[1]).value;
    const bool exponential =
        graph_[node.children[0]].operation == Operation::constant && graph_[node.children[0]].text == "e";
    if (!exponent || exponential) return;
    const double size = std::fabs(*exponent);
    const bool is_number = base.degree == 0;
    const double reached = size * (is_number ? base.bits : base.degree);
    if (reached <= (is_number ? most_bits : highest_degree)) return;
    if (is_number)
        too_large(*at_,
                  fmt::format("a power of numbers with about {:.4g} bits, of at most {:.0f}", reached, most_bits));
    too_large(*at_, fmt::format("a power of degree {:.10g}, of at most {:.0f}", reached, highest_degree));
}

NodeId Expander::add(GraphNode node) {
    if (node.operation == Operation::power) require_power_in_bounds(node);
    const NodeId id = graph_.add(std::move(node));
    if (graph_.size() > size_before_ + most_nodes_of_claim)
        too_large(*at_, fmt::format("more than {} entries and terms", most_nodes_of_claim));
    if (graph_.size() > most_nodes)
        too_large(*at_, fmt::format("this note has more than {} entries and terms by here: split it", most_nodes));
    if (extents_.of(id).depth > deepest)
        too_large(*at_, fmt::format("it is computed through more than {} steps", deepest));
    return id;
}

void Expander::forget() {
    definitions_.clear();
    calls_.clear();
}

void Expander::shrink(std::size_t size) {
    extents_.shrink(size);
    const auto gone = [size](const Entries& entries) {
        return std::any_of(entries.nodes.begin(), entries.nodes.end(),
                           [size](NodeId node) { return static_cast<std::size_t>(node) >= size; });
    };
    std::erase_if(definitions_, [&](const auto& item) { return gone(item.second); });
    std::erase_if(calls_, [&](const auto& item) {
        return gone(item.second) || std::any_of(item.first.second.begin(), item.first.second.end(),
                                                [size](NodeId node) { return static_cast<std::size_t>(node) >= size; });
    });
}

int Expander::size_of(const Dimension& dimension, const Tree& at) const {
    int value = 0;
    const auto [end, error] = std::from_chars(dimension.data(), dimension.data() + dimension.size(), value);
    if (error == std::errc{} && end == dimension.data() + dimension.size()) return value;
    if (const auto found = sizes_.find(dimension); found != sizes_.end()) return found->second;
    fail(at, "the size " + dimension + " has no number");
}

NodeId Expander::combine(Operation operation, std::vector<NodeId> children, std::string text) {
    GraphNode node;
    node.operation = operation;
    node.children = std::move(children);
    node.text = std::move(text);
    return add(std::move(node));
}

NodeId Expander::sum(std::vector<NodeId> terms) {
    if (terms.empty()) return graph_.number(0);
    if (terms.size() == 1) return terms.front();
    return combine(Operation::add, std::move(terms));
}

NodeId Expander::alias(int symbol, int row, int column, NodeId child) {
    GraphNode node;
    node.operation = Operation::alias;
    node.symbol = symbol;
    node.row = row;
    node.column = column;
    node.children = {child};
    return add(std::move(node));
}

int Expander::index_value(const Tree& tree, const Frame& frame) const {
    switch (tree.kind) {
        case Kind::number: {
            int value = 0;
            const auto [end, error] = std::from_chars(tree.text.data(), tree.text.data() + tree.text.size(), value);
            if (error != std::errc{} || end != tree.text.data() + tree.text.size() || value > 1000)
                fail(tree, "an index is a whole number up to 1000, not " + tree.text);
            return value;
        }
        case Kind::size:
            return size_of(symbol(tree).name, tree);
        case Kind::index: {
            const auto found = frame.indices.find(tree.text);
            if (found == frame.indices.end()) fail(tree, "the index " + tree.text + " has no value here");
            return found->second;
        }
        case Kind::add:
            return index_value(tree.children[0], frame) + index_value(tree.children[1], frame);
        case Kind::subtract:
            return index_value(tree.children[0], frame) - index_value(tree.children[1], frame);
        default:
            fail(tree, "this is no index");
    }
}

Entries Expander::entries(const Tree& tree, const std::map<std::string, int>& indices) {
    Frame frame;
    frame.indices = indices;
    return expand(tree, frame);
}

Entries Expander::expand(const Tree& tree, const Frame& frame) {
    if (++steps_ > most_steps) too_large(tree, fmt::format("more than {} entries and terms", most_steps));
    if (depth_ >= deepest) too_large(tree, fmt::format("it is defined through more than {} steps", deepest));
    struct Deeper {
        int& depth;
        explicit Deeper(int& d) : depth(++d) {}
        ~Deeper() { --depth; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
    } const deeper(depth_);
    const Tree* above = std::exchange(at_, &tree);
    Entries result = expand_node(tree, frame);
    at_ = above;
    return result;
}

Entries Expander::expand_node(const Tree& tree, const Frame& frame) {
    switch (tree.kind) {
        case Kind::number:
            return number_entries(graph_.number(tree.text));
        case Kind::constant:
            return number_entries(combine(Operation::constant, {}, tree.text));
        case Kind::size:
        case Kind::index:
            return number_entries(graph_.number(index_value(tree, frame)));
        case Kind::symbol:
            return symbol_entries(tree, frame);
        case Kind::add:
            return entrywise(Operation::add, tree, frame);
        case Kind::subtract:
            return entrywise(Operation::subtract, tree, frame);
        case Kind::negate:
            return entrywise(Operation::negate, tree, frame);
        case Kind::hadamard:
            return entrywise(Operation::multiply, tree, frame);
        case Kind::divide:
            return entrywise(Operation::divide, tree, frame);
        case Kind::power:
            return entrywise(Operation::power, tree, frame);
        case Kind::elementary:
            return entrywise(Operation::elementary, tree, frame);
        case Kind::maximum:
            return entrywise(Operation::maximum, tree, frame);
        case Kind::minimum:
            return entrywise(Operation::minimum, tree, frame);
        case Kind::product: {
            if (tree.children[0].shape.is_number() || tree.children[1].shape.is_number())
                return entrywise(Operation::multiply, tree, frame);
            return matrix_product(expand(tree.children[0], frame), expand(tree.children[1], frame), tree);
        }
        case Kind::transpose: {
            const Entries inner = expand(tree.children[0], frame);
            Entries turned{inner.columns, inner.rows, {}};
            for (int r = 0; r < turned.rows; ++r)
                for (int c = 0; c < turned.columns; ++c)
                    turned.nodes.push_back(inner.nodes[static_cast<std::size_t>(c * inner.columns + r)]);
            return turned;
        }
        case Kind::call:
            return call(tree, frame);
        case Kind::entry:
        case Kind::column:
            return entry(tree, frame);
        case Kind::sum_over:
        case Kind::product_over:
        case Kind::max_over:
            return over(tree, frame);
        case Kind::delta:
            return number_entries(
                graph_.number(index_value(tree.children[0], frame) == index_value(tree.children[1], frame) ? 1 : 0));
        case Kind::ones: {
            const int rows = size_of(tree.shape.rows, tree);
            if (rows < 1 || rows > 99) fail(tree, "a column of 1 to 99 ones");
            return {rows, 1, std::vector<NodeId>(static_cast<std::size_t>(rows), graph_.number(1))};
        }
        case Kind::identity:
        case Kind::diagonal: {
            const bool is_identity = tree.kind == Kind::identity;
            const Entries diagonal = is_identity ? Entries{} : expand(tree.children[0], frame);
            const int n = is_identity ? size_of(tree.shape.rows, tree) : diagonal.rows;
            if (n < 1 || n > 99) fail(tree, "a matrix has 1 to 99 rows and columns");
            Entries square{n, n, {}};
            for (int r = 0; r < n; ++r)
                for (int c = 0; c < n; ++c)
                    square.nodes.push_back(r != c        ? graph_.number(0)
                                           : is_identity ? graph_.number(1)
                                                         : diagonal.nodes[static_cast<std::size_t>(r)]);
            return square;
        }
        case Kind::determinant:
            return number_entries(determinant(expand(tree.children[0], frame), tree));
        case Kind::trace: {
            const Entries square = expand(tree.children[0], frame);
            std::vector<NodeId> terms;
            for (int r = 0; r < square.rows; ++r)
                terms.push_back(square.nodes[static_cast<std::size_t>(r * square.columns + r)]);
            return number_entries(sum(std::move(terms)));
        }
        case Kind::norm: {
            std::vector<NodeId> squares;
            for (const NodeId node : expand(tree.children[0], frame).nodes)
                squares.push_back(combine(Operation::multiply, {node, node}));
            return number_entries(combine(Operation::elementary, {sum(std::move(squares))}, "sqrt"));
        }
        case Kind::matrix: {
            Entries matrix{size_of(tree.shape.rows, tree), size_of(tree.shape.columns, tree), {}};
            for (const auto& child : tree.children) matrix.nodes.push_back(expand(child, frame).nodes.front());
            return matrix;
        }
        case Kind::cases: {
            std::vector<NodeId> children;
            for (const auto& child : tree.children) children.push_back(expand(child, frame).nodes.front());
            return number_entries(combine(Operation::cases, std::move(children)));
        }
        case Kind::compare: {
            const NodeId left = expand(tree.children[0], frame).nodes.front();
            const NodeId right = expand(tree.children[1], frame).nodes.front();
            return number_entries(compare(tree.relation, left, right));
        }
        case Kind::member:
        case Kind::not_member:
            return number_entries(membership(tree, frame));
        case Kind::otherwise:
            return number_entries(combine(Operation::otherwise, {}));
        case Kind::interval:
        case Kind::finite_set:
        case Kind::reals:
        case Kind::infinity:
            break;
        case Kind::derivative:
            return derivative(tree, frame);
    }
    fail(tree, "this cannot be expanded");
}

Entries Expander::symbol_entries(const Tree& tree, const Frame& frame) {
    if (const auto bound = frame.parameters.find(tree.symbol); bound != frame.parameters.end()) return bound->second;
    const Symbol& found = symbol(tree);
    if (found.kind == SymbolKind::definition) return definition(tree);
    if (found.kind != SymbolKind::variable) fail(tree, found.name + " has no value here");
    Entries whole{size_of(found.shape.rows, tree), size_of(found.shape.columns, tree), {}};
    for (int r = 0; r < whole.rows; ++r)
        for (int c = 0; c < whole.columns; ++c) {
            GraphNode node;
            node.operation = Operation::variable;
            node.symbol = tree.symbol;
            node.row = r;
            node.column = c;
            whole.nodes.push_back(add(std::move(node)));
        }
    return whole;
}

Entries Expander::definition(const Tree& tree) {
    if (const auto known = definitions_.find(tree.symbol); known != definitions_.end()) return known->second;
    const Symbol& found = symbol(tree);
    const auto file = std::exchange(file_, found.file);
    Frame inner;
    Entries whole;
    if (found.indices.empty()) {
        whole = expand(found.body, inner);
    } else {
        whole.rows = size_of(found.shape.rows, tree);
        whole.columns = found.indices.size() > 1 ? size_of(found.shape.columns, tree) : 1;
        for (int r = 1; r <= whole.rows; ++r)
            for (int c = 1; c <= whole.columns; ++c) {
                inner.indices[found.indices[0]] = r;
                if (found.indices.size() > 1) inner.indices[found.indices[1]] = c;
                whole.nodes.push_back(expand(found.body, inner).nodes.front());
            }
    }
    file_ = file;
    for (int r = 0; r < whole.rows; ++r)
        for (int c = 0; c < whole.columns; ++c) {
            auto& node = whole.nodes[static_cast<std::size_t>(r * whole.columns + c)];
            node = alias(tree.symbol, r, c, node);
        }
    return definitions_[tree.symbol] = whole;
}

Entries Expander::call(const Tree& tree, const Frame& frame) {
    const Symbol& function = symbol(tree);
    std::vector<Entries> arguments;
    bool of_matrices = false;
    Entries shape;
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
        arguments.push_back(expand(tree.children[i], frame));
        const bool takes_matrix = i < function.parameters.size() &&
                                  !symbols_[static_cast<std::size_t>(function.parameters[i])].shape.is_number();
        of_matrices = of_matrices || takes_matrix;
        if (arguments.back().nodes.size() > 1) shape = {arguments.back().rows, arguments.back().columns, {}};
    }
    if (of_matrices) return call_with(tree, function, std::move(arguments));
    Entries result{shape.rows, shape.columns, {}};
    const auto count = static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.columns);
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<Entries> one;
        for (const auto& argument : arguments)
            one.push_back(number_entries(argument.nodes.size() > 1 ? argument.nodes[i] : argument.nodes[0]));
        const Entries value = call_with(tree, function, std::move(one));
        if (count == 1) return value;  // which may be a matrix
        result.nodes.push_back(value.nodes.front());
    }
    return result;
}

Entries Expander::call_with(const Tree& tree, const Symbol& function, std::vector<Entries> arguments) {
    if (function.kind == SymbolKind::opaque) {
        std::vector<NodeId> nodes;
        for (const auto& argument : arguments) nodes.push_back(argument.nodes.front());
        return number_entries(opaque(tree, std::move(nodes)));
    }
    if (function.kind != SymbolKind::function) fail(tree, function.name + " is no function");
    Frame inner;
    std::vector<NodeId> key;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        auto& argument = arguments[i];
        for (int r = 0; r < argument.rows; ++r)
            for (int c = 0; c < argument.columns; ++c) {
                auto& node = argument.nodes[static_cast<std::size_t>(r * argument.columns + c)];
                node = alias(function.parameters[i], r, c, node);
                key.push_back(node);
            }
        inner.parameters.emplace(function.parameters[i], argument);
    }
    const auto call_key = std::pair(tree.symbol, key);
    auto known = calls_.find(call_key);
    if (known == calls_.end()) {
        const auto file = std::exchange(file_, function.file);
        known = calls_.emplace(call_key, expand(function.body, inner)).first;
        file_ = file;
    }
    if (tree.primes == 0) return known->second;
    Entries value = known->second;
    if (arguments[0].nodes.size() != 1) fail(tree, "' needs a function of one number");
    for (auto& node : value.nodes) {
        if (!graph_.depends(node, arguments[0].nodes[0]) && !zero_is_claimed_)
            fail(tree,
                 fmt::format("{} does not depend on its argument, so it has no slope to speak of", function.name));
        for (int i = 0; i < tree.primes; ++i) node = derivative_of(node, arguments[0].nodes[0]);
    }
    return value;
}

NodeId Expander::opaque(const Tree& tree, std::vector<NodeId> arguments) {
    GraphNode node;
    node.operation = Operation::opaque;
    node.symbol = tree.symbol;
    node.orders.assign(arguments.size(), 0);
    node.orders[0] = tree.primes;
    node.children = std::move(arguments);
    return add(std::move(node));
}

Entries Expander::entry(const Tree& tree, const Frame& frame) {
    const Entries whole = expand(tree.children[0], frame);
    const auto checked = [&](std::size_t child, int limit) {
        const int value = index_value(tree.children[child], frame);
        if (value < 1 || value > limit)
            fail(tree.children[child], fmt::format("the index {} leaves the range 1 to {}", value, limit));
        return value - 1;
    };
    const auto at = [&](int r, int c) { return whole.nodes[static_cast<std::size_t>(r * whole.columns + c)]; };
    if (tree.kind == Kind::column && whole.columns > 1) {
        const int c = checked(1, whole.columns);
        Entries column{whole.rows, 1, {}};
        for (int r = 0; r < whole.rows; ++r) column.nodes.push_back(at(r, c));
        return column;
    }
    if (tree.children.size() == 2)
        return number_entries(whole.columns == 1 ? at(checked(1, whole.rows), 0) : at(0, checked(1, whole.columns)));
    const int r = checked(1, whole.rows);
    return number_entries(at(r, checked(2, whole.columns)));
}

Entries Expander::over(const Tree& tree, const Frame& frame) {
    const int lower = tree.children.size() > 1 ? index_value(tree.children[1], frame) : 1;
    const Tree& last = tree.children[2];
    const bool by_name = last.kind == Kind::number && !last.text.empty() && (last.text[0] < '0' || last.text[0] > '9');
    const int upper = by_name ? size_of(last.text, tree) : index_value(last, frame);
    if (upper - lower > 1000)
        too_large(tree,
                  fmt::format("a sum or product of {} terms, of at most 1000", static_cast<long>(upper) - lower + 1));
    if (upper < lower) fail(tree, fmt::format("this sum runs from {} to {}: it is empty", lower, upper));
    Frame inner = frame;
    Entries result;
    std::vector<std::vector<NodeId>> terms;
    for (int i = lower; i <= upper; ++i) {
        inner.indices[tree.text] = i;
        Entries term = expand(tree.children[0], inner);
        result.rows = term.rows;
        result.columns = term.columns;
        terms.resize(term.nodes.size());
        for (std::size_t k = 0; k < term.nodes.size(); ++k) terms[k].push_back(term.nodes[k]);
    }
    for (auto& one : terms) {
        if (tree.kind == Kind::sum_over) {
            result.nodes.push_back(sum(std::move(one)));
        } else if (one.size() == 1) {
            result.nodes.push_back(one.front());
        } else {
            result.nodes.push_back(
                combine(tree.kind == Kind::product_over ? Operation::multiply : Operation::maximum, std::move(one)));
        }
    }
    return result;
}

Entries Expander::entrywise(Operation operation, const Tree& tree, const Frame& frame) {
    std::vector<Entries> parts;
    Entries result;
    for (const auto& child : tree.children) {
        parts.push_back(expand(child, frame));
        if (parts.back().nodes.size() > 1) {
            result.rows = parts.back().rows;
            result.columns = parts.back().columns;
        }
    }
    const auto count = static_cast<std::size_t>(result.rows) * static_cast<std::size_t>(result.columns);
    for (const auto& part : parts)
        if (part.nodes.size() != 1 && part.nodes.size() != count) fail(tree, "shape mismatch at these sizes");
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<NodeId> children;
        for (const auto& part : parts) children.push_back(part.nodes.size() > 1 ? part.nodes[i] : part.nodes[0]);
        result.nodes.push_back(combine(operation, std::move(children), tree.kind == Kind::elementary ? tree.text : ""));
    }
    return result;
}

Entries Expander::matrix_product(const Entries& left, const Entries& right, const Tree& tree) {
    if (left.columns != right.rows) fail(tree, "shape mismatch at these sizes");
    Entries result{left.rows, right.columns, {}};
    for (int r = 0; r < left.rows; ++r)
        for (int c = 0; c < right.columns; ++c) {
            std::vector<NodeId> terms;
            for (int k = 0; k < left.columns; ++k)
                terms.push_back(
                    combine(Operation::multiply, {left.nodes[static_cast<std::size_t>(r * left.columns + k)],
                                                  right.nodes[static_cast<std::size_t>(k * right.columns + c)]}));
            result.nodes.push_back(sum(std::move(terms)));
        }
    return result;
}

// By the first row; the matrices of the notes are small.
NodeId Expander::determinant(const Entries& matrix, const Tree& tree) {
    const int n = matrix.rows;
    if (n > 5) too_large(tree, fmt::format("a determinant of {} rows, of at most 5", n));
    if (n == 1) return matrix.nodes.front();
    std::vector<NodeId> terms;
    for (int c = 0; c < n; ++c) {
        Entries minor{n - 1, n - 1, {}};
        for (int r = 1; r < n; ++r)
            for (int k = 0; k < n; ++k)
                if (k != c) minor.nodes.push_back(matrix.nodes[static_cast<std::size_t>(r * n + k)]);
        const NodeId term =
            combine(Operation::multiply, {matrix.nodes[static_cast<std::size_t>(c)], determinant(minor, tree)});
        terms.push_back(c % 2 == 0 ? term : combine(Operation::negate, {term}));
    }
    return sum(std::move(terms));
}

}  // namespace gradproof::notes
