// SPDX-License-Identifier: MIT
#include "tagged_formula.hpp"

#include <algorithm>
#include <stdexcept>

#include "notes/links.hpp"

namespace gradproof::proof {
namespace {

// f(x, ...) for a function, or just the name.
notes::Tree use_of(const notes::Document& document, const std::vector<notes::Symbol>& symbols, int id) {
    const auto& symbol = symbols[static_cast<std::size_t>(id)];
    notes::Tree tree;
    tree.symbol = id;
    tree.shape = symbol.shape;
    tree.kind = notes::Kind::symbol;
    if (symbol.kind != notes::SymbolKind::function) return tree;
    tree.kind = notes::Kind::call;
    for (const int parameter : symbol.parameters) {
        const auto& name = symbols[static_cast<std::size_t>(parameter)].name;
        const auto meant = document.names.find(name);
        if (meant == document.names.end())
            throw std::runtime_error(document.note.path.string() + ": the parameter " + name + " is not in the table");
        tree.children.push_back(use_of(document, symbols, meant->second));
    }
    return tree;
}

}  // namespace

std::vector<notes::NodeId> tagged_formula(const notes::Document& document, notes::Workspace& workspace,
                                          const std::string& tag) {
    const auto fence = std::find_if(document.fences.begin(), document.fences.end(),
                                    [&](const auto& one) { return notes::tag_slug(one.tag) == tag; });
    if (fence == document.fences.end())
        throw std::runtime_error(document.note.path.string() + ": no fence has the tag '" + tag + "'");
    const auto index = static_cast<std::size_t>(fence - document.fences.begin());
    std::vector<notes::NodeId> result;
    for (const auto& claim : document.claims) {
        if (claim.fence != index) continue;
        result.clear();
        for (const auto& instance : workspace.expander.question(claim, document.note.path).instances)
            result.push_back(instance.right);
    }
    if (!result.empty()) return result;
    for (const auto& definition : document.definitions)
        if (definition.fence == index)
            result = workspace.expander.entries(use_of(document, workspace.symbols, definition.symbol)).nodes;
    if (result.empty())
        throw std::runtime_error(document.note.path.string() + ": the fence tagged '" + tag + "' has no formula");
    return result;
}

}  // namespace gradproof::proof
