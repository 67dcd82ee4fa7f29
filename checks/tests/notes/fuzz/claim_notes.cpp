// SPDX-License-Identifier: MIT
#include "tests/notes/fuzz/claim_notes.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "notes/reader/latex.hpp"

namespace gradproof::notes {
namespace {

class Excerpt {
  public:
    Excerpt(const Library& library, const Document& document) : library_(library), document_(document) {}

    std::string note_of(const Claim& claim) {
        take(claim.left);
        take(claim.right);
        for (const auto& condition : claim.conditions) take(condition);
        for (const auto& [index, range] : claim.free_indices) {
            take_named(index, document_);
            take_named(range, document_);
        }
        std::string text = "# Excerpt\n\n| symbol | meaning | values |\n|---|---|---|\n";
        std::set<std::string> rows;
        std::string definitions;
        for (const int id : taken_) {  // in the order in which they were declared
            const Symbol& symbol = library_.symbols()[static_cast<std::size_t>(id)];
            if (symbol.kind == SymbolKind::parameter) continue;
            const Document& home = home_of(symbol);
            if (symbol.kind == SymbolKind::definition || symbol.kind == SymbolKind::function) {
                definitions += fence_of(definition_text(symbol, home));
            } else if (const auto& row = home.note.lines[static_cast<std::size_t>(symbol.where.line - 1)];
                       rows.insert(row).second) {
                text += row + "\n";
            }
        }
        return text + definitions + fence_of(claim_text(claim));
    }

  private:
    const Library& library_;
    const Document& document_;
    std::set<int> taken_;

    const Document& home_of(const Symbol& symbol) const {
        if (symbol.file == document_.note.path) return document_;
        if (const Document* home = library_.find(symbol.file)) return *home;
        throw std::logic_error("a symbol of no note: " + symbol.name);
    }

    void take(int id) {
        if (!taken_.insert(id).second) return;
        const Symbol& symbol = library_.symbols()[static_cast<std::size_t>(id)];
        const Document& home = home_of(symbol);
        for (const auto& size : {symbol.shape.rows, symbol.shape.columns, symbol.range}) take_named(size, home);
        take(symbol.body);
    }

    void take(const Tree& tree) {
        if (tree.symbol >= 0) take(tree.symbol);
        for (const auto& child : tree.children) take(child);
    }

    void take_named(const std::string& name, const Document& home) {
        if (const auto found = home.names.find(name); found != home.names.end()) take(found->second);
    }

    static std::string fence_of(const std::string& formula) { return "\n```math\n" + formula + "\n```\n"; }

    // A part of a fence, without the alignment of its rows if it has one.
    static std::string part(const Document& home, std::size_t fence, std::size_t begin, std::size_t end) {
        const auto& whole = home.note.fences[home.fences[fence].index].text;
        auto text = whole.substr(begin, end - begin);
        if (whole.find("{aligned}") == std::string::npos) return text;
        std::erase(text, '&');
        for (auto at = text.find("\\\\"); at != std::string::npos; at = text.find("\\\\")) text.erase(at, 2);
        return text;
    }

    std::string definition_text(const Symbol& symbol, const Document& home) const {
        const auto fence = home.definitions[static_cast<std::size_t>(symbol.definition)].fence;
        const auto& whole = home.note.fences[home.fences[fence].index];
        std::size_t begin = 0;
        for (int line = whole.line; line < symbol.where.line; ++line) begin = whole.text.find('\n', begin) + 1;
        return part(home, fence, begin + static_cast<std::size_t>(symbol.where.column - 1), symbol.body.end);
    }

    std::string claim_text(const Claim& claim) const {
        const auto text_of = [&](const Tree& tree) { return part(document_, claim.fence, tree.begin, tree.end); };
        std::string text = text_of(claim.left) + " " + latex_of(claim.relation) + " " + text_of(claim.right);
        std::string_view link = " \\qquad ";
        for (const auto& condition : claim.conditions)
            text += std::string(std::exchange(link, ", ")) + text_of(condition);
        return text;
    }
};

}  // namespace

std::vector<std::string> notes_of_claims(const Library& library, const Document& document) {
    std::vector<std::string> notes;
    for (const auto& claim : document.claims) notes.push_back(Excerpt(library, document).note_of(claim));
    return notes;
}

}  // namespace gradproof::notes
