// SPDX-License-Identifier: MIT
#include "notes/second_reader/tree_reading.hpp"

#include <algorithm>

namespace gradproof::notes::second {
namespace {

// Blanks inside the name of a symbol separate \alpha from a letter.
std::string name_of(int id, const std::vector<Symbol>& symbols) {
    if (id < 0 || static_cast<std::size_t>(id) >= symbols.size()) return "unknown";
    const Symbol& symbol = symbols[static_cast<std::size_t>(id)];
    std::string name = symbol.name;
    std::erase(name, ' ');
    return (symbol.kind == SymbolKind::parameter ? "local " : "") + name;
}

std::string spelling_of(Relation relation) {
    switch (relation) {
        case Relation::defines:
            return ":=";
        case Relation::equal:
            return "=";
        case Relation::not_equal:
            return "!=";
        case Relation::less:
            return "<";
        case Relation::less_equal:
            return "<=";
        case Relation::greater:
            return ">";
        case Relation::greater_equal:
            return ">=";
        case Relation::approximately:
            return "~";
    }
    return "?";
}

std::string head_of(const Tree& tree, const std::vector<Symbol>& symbols) {
    switch (tree.kind) {
        case Kind::number:
            return tree.text;
        case Kind::constant:
            return tree.text == "pi" ? "constant \\pi" : "constant " + tree.text;
        case Kind::symbol:
        case Kind::size:
            return name_of(tree.symbol, symbols);
        case Kind::index:
            return "index " + tree.text;
        case Kind::add:
            return "+";
        case Kind::subtract:
        case Kind::negate:
            return "-";
        case Kind::product:
            return "*";
        case Kind::hadamard:
            return "odot";
        case Kind::divide:
            return "/";
        case Kind::power:
            return "^";
        case Kind::transpose:
            return "top";
        case Kind::elementary:
            return tree.text;
        case Kind::maximum:
            return "max";
        case Kind::minimum:
            return "min";
        case Kind::call:
            return "call " + name_of(tree.symbol, symbols) + std::string(static_cast<std::size_t>(tree.primes), '\'');
        case Kind::entry:
            return "entry";
        case Kind::column:
            return "column";
        case Kind::sum_over:
            return "sum over " + tree.text;
        case Kind::product_over:
            return "prod over " + tree.text;
        case Kind::max_over:
            return "max over " + tree.text;
        case Kind::delta:
            return "delta";
        case Kind::ones:
            return "ones";
        case Kind::identity:
            return "identity";
        case Kind::diagonal:
            return "diag";
        case Kind::determinant:
            return "det";
        case Kind::trace:
            return "tr";
        case Kind::norm:
            return "norm";
        case Kind::matrix:
            return "matrix";
        case Kind::cases:
            return "cases";
        case Kind::compare:
            return spelling_of(tree.relation);
        case Kind::member:
            return "in";
        case Kind::not_member:
            return "notin";
        case Kind::interval:
            return std::string("interval ") + (tree.ends.lower ? '[' : '(') + (tree.ends.upper ? ']' : ')');
        case Kind::finite_set:
            return "set";
        case Kind::reals:
            return "reals";
        case Kind::infinity:
            return "infinity";
        case Kind::otherwise:
            return "otherwise";
        case Kind::derivative:
            return "derivative";
    }
    return "?";
}

}  // namespace

Reading reading_of(const Tree& tree, const std::vector<Symbol>& symbols) {
    Reading reading{head_of(tree, symbols), {}};
    for (const auto& child : tree.children) reading.parts.push_back(reading_of(child, symbols));
    if (tree.kind == Kind::ones || tree.kind == Kind::identity) reading.parts.push_back({tree.shape.rows, {}});
    if (tree.kind == Kind::matrix) {
        const auto rows = static_cast<std::size_t>(std::max(1, std::atoi(tree.shape.rows.c_str())));
        std::vector<Reading> split;
        const auto columns = reading.parts.size() / rows;
        for (std::size_t i = 0; i < reading.parts.size(); ++i) {
            if (columns == 0 || i % columns == 0) split.push_back({"row", {}});
            split.back().parts.push_back(std::move(reading.parts[i]));
        }
        reading.parts = std::move(split);
    }
    return reading;
}

Reading reading_of(const Claim& claim, const std::vector<Symbol>& symbols) {
    Reading reading{spelling_of(claim.relation), {reading_of(claim.left, symbols), reading_of(claim.right, symbols)}};
    for (const auto& condition : claim.conditions) reading.parts.push_back(reading_of(condition, symbols));
    return reading;
}

Reading reading_of(const Definition& definition, const std::vector<Symbol>& symbols) {
    const Symbol& symbol = symbols[static_cast<std::size_t>(definition.symbol)];
    Reading left{name_of(definition.symbol, symbols), {}};
    for (const int parameter : symbol.parameters) left.parts.push_back({name_of(parameter, symbols), {}});
    for (const auto& index : symbol.indices) left.parts.push_back({"index " + index, {}});
    return {":=", {std::move(left), reading_of(symbol.body, symbols)}};
}

}  // namespace gradproof::notes::second
