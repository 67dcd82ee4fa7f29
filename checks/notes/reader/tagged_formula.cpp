// SPDX-License-Identifier: MIT
#include "notes/reader/tagged_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "notes/reader/links.hpp"

namespace gradproof::notes {
namespace {

// What a claim is about: the name on its left.
const std::string* left_of(const Claim& claim, const std::vector<Symbol>& symbols) {
    const Tree* tree = &claim.left;
    while ((tree->kind == Kind::entry || tree->kind == Kind::column) && !tree->children.empty())
        tree = &tree->children[0];
    return tree->symbol >= 0 ? &symbols[static_cast<std::size_t>(tree->symbol)].name : nullptr;
}

// The number of columns of the symbol that an entry belongs to.
int columns_of(const Symbol& symbol, const Sizes& sizes) {
    const auto found = sizes.find(symbol.shape.columns);
    return found != sizes.end() ? found->second : std::stoi(symbol.shape.columns);
}

TaggedFormula right_side(Claim claim, const Document& document, Workspace& workspace) {
    claim.conditions.clear();
    const Question question = workspace.expander.question(claim, document.note.path);
    TaggedFormula formula{std::vector<NodeId>(question.instances.size()), claim.where};
    // Entries come in the order of the free indices; the left side says where each belongs.
    for (std::size_t i = 0; i < question.instances.size(); ++i) {
        const GraphNode& left = workspace.graph[question.instances[i].left];
        std::size_t place = i;
        if (!claim.free_indices.empty() && left.operation == Operation::alias) {
            const Symbol& symbol = workspace.symbols[static_cast<std::size_t>(left.symbol)];
            place = static_cast<std::size_t>(left.row * columns_of(symbol, workspace.sizes) + left.column);
        }
        formula.entries.at(place) = question.instances[i].right;
    }
    return formula;
}

// f(x, ...) for a function, or just the name.
Tree use_of(const Definition& definition, const Document& document, const std::vector<Symbol>& symbols) {
    const Symbol& symbol = symbols[static_cast<std::size_t>(definition.symbol)];
    Tree tree;
    tree.where = definition.where;
    tree.symbol = definition.symbol;
    tree.kind = Kind::symbol;
    tree.shape = symbol.shape;
    if (symbol.kind != SymbolKind::function) return tree;
    tree.kind = Kind::call;
    for (const int parameter : symbol.parameters) {
        const auto& name = symbols[static_cast<std::size_t>(parameter)].name;
        const auto meant = document.names.find(name);
        if (meant == document.names.end())
            throw std::runtime_error(fmt::format("{}:{}: the parameter {} is not in the table",
                                                 document.note.path.string(), definition.where.line, name));
        Tree argument;
        argument.where = definition.where;
        argument.symbol = meant->second;
        argument.kind = Kind::symbol;
        argument.shape = symbols[static_cast<std::size_t>(meant->second)].shape;
        tree.children.push_back(argument);
    }
    return tree;
}

}  // namespace

TaggedFormula tagged_formula(const Document& document, Workspace& workspace, const std::string& tag,
                             const std::string& left) {
    const auto tagged = std::find_if(document.fences.begin(), document.fences.end(),
                                     [&](const auto& one) { return tag_slug(one.tag) == tag; });
    if (tagged == document.fences.end())
        throw std::runtime_error(fmt::format("{}: no fence has the tag {}", document.note.path.string(), tag));
    const auto fence = static_cast<std::size_t>(tagged - document.fences.begin());
    const Claim* last = nullptr;
    bool about_left = left.empty();
    for (const auto& claim : document.claims) {
        if (claim.fence != fence) continue;
        if (claim.step == 1 && !left.empty()) {
            const auto* name = left_of(claim, workspace.symbols);
            about_left = name != nullptr && *name == left;
        }
        if (about_left) last = &claim;
    }
    if (last != nullptr) return right_side(*last, document, workspace);
    TaggedFormula formula;
    for (const auto& definition : document.definitions) {
        const Symbol& symbol = workspace.symbols[static_cast<std::size_t>(definition.symbol)];
        if (definition.fence != fence || (!left.empty() && symbol.name != left)) continue;
        formula.where = definition.where;
        formula.entries = workspace.expander.entries(use_of(definition, document, workspace.symbols)).nodes;
    }
    if (formula.entries.empty())
        throw std::runtime_error(
            fmt::format("{}: the fence tagged {} says nothing about {}", document.note.path.string(), tag, left));
    return formula;
}

std::vector<Symbol> with_tanh(std::vector<Symbol> symbols, const Document& document) {
    const auto count = symbols.size();
    for (std::size_t id = 0; id < count; ++id) {
        if (symbols[id].kind != SymbolKind::opaque || symbols[id].file != document.note.path.string()) continue;
        Symbol parameter;
        parameter.name = "t";
        parameter.kind = SymbolKind::parameter;
        symbols.push_back(parameter);
        Tree argument;
        argument.kind = Kind::symbol;
        argument.symbol = static_cast<int>(symbols.size()) - 1;
        Tree body;
        body.kind = Kind::elementary;
        body.text = "tanh";
        body.children = {argument};
        symbols[id].kind = SymbolKind::function;
        symbols[id].parameters = {argument.symbol};
        symbols[id].body = body;
    }
    return symbols;
}

}  // namespace gradproof::notes
