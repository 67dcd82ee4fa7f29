// SPDX-License-Identifier: MIT
#include "notes/reader/sizes.hpp"

#include <utility>

namespace gradproof::notes {
namespace {

class Dimensions {
  public:
    explicit Dimensions(const std::vector<Symbol>& symbols) : symbols_(symbols) {}

    void add(const Tree& tree) {
        add(tree.shape);
        // The last index of a sum over all entries is the name of a size, where others are trees.
        if (tree.kind == Kind::number) found_.insert(tree.text);
        if (tree.symbol >= 0) add(tree.symbol);
        for (const auto& child : tree.children) add(child);
    }
    void add(const IndexRanges& ranges) {
        for (const auto& [index, dimension] : ranges) found_.insert(dimension);
    }
    std::set<Dimension> found() && { return std::move(found_); }

  private:
    const std::vector<Symbol>& symbols_;
    std::set<int> seen_;
    std::set<Dimension> found_;

    void add(const Shape& shape) {
        found_.insert(shape.rows);
        found_.insert(shape.columns);
    }
    void add(int id) {
        if (!seen_.insert(id).second) return;
        const Symbol& symbol = symbols_[static_cast<std::size_t>(id)];
        if (symbol.kind == SymbolKind::size) found_.insert(symbol.name);
        if (symbol.kind == SymbolKind::index) found_.insert(symbol.range);
        add(symbol.shape);
        add(symbol.body);
        for (const int parameter : symbol.parameters) add(parameter);
    }
};

}  // namespace

std::vector<Sizes> choices_of_sizes(const Document& document, const std::vector<Symbol>& symbols) {
    std::vector<Sizes> choices{{}};
    for (const auto& [name, id] : document.names) {
        const Symbol& symbol = symbols[static_cast<std::size_t>(id)];
        if (symbol.kind != SymbolKind::size) continue;
        std::vector<Sizes> longer;
        for (const auto& choice : choices)
            for (const int value : symbol.listed) {
                Sizes one = choice;
                one[symbol.name] = value;
                longer.push_back(std::move(one));
            }
        if (longer.size() > 64) break;
        choices = std::move(longer);
    }
    return choices;
}

std::set<Dimension> dimensions_in(const Claim& claim, const std::vector<Symbol>& symbols) {
    Dimensions dimensions(symbols);
    dimensions.add(claim.left);
    dimensions.add(claim.right);
    for (const auto& condition : claim.conditions) dimensions.add(condition);
    dimensions.add(claim.free_indices);
    return std::move(dimensions).found();
}

}  // namespace gradproof::notes
