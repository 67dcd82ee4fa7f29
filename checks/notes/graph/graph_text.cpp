// SPDX-License-Identifier: MIT
#include "notes/graph/graph_text.hpp"

#include <fmt/format.h>

#include <string_view>

#include "notes/reader/latex.hpp"

namespace gradproof::notes {
namespace {

constexpr std::size_t longest = 80;  // characters of a part; then it is cut

// How tightly the outermost operation binds.
int strength(const GraphNode& node) {
    switch (node.operation) {
        case Operation::add:
        case Operation::subtract:
        case Operation::negate:
            return 1;
        case Operation::multiply:
            return 2;
        default:
            return 3;
    }
}

class NodeWriter {
  public:
    NodeWriter(const Graph& graph, const std::vector<Symbol>& symbols) : graph_(graph), symbols_(symbols) {}

    std::string write(NodeId id, int around = 0, int depth = 0) const {
        const GraphNode& node = graph_[id];
        if (is_parameter(node)) return write(node.children[0], around, depth);
        if (depth > 12) return "...";
        auto text = plain(node, depth + 1);
        if (text.size() > longest) text = text.substr(0, longest) + " ...";
        return strength(node) < around ? "(" + text + ")" : text;
    }

  private:
    const Graph& graph_;
    const std::vector<Symbol>& symbols_;

    const Symbol& symbol(const GraphNode& node) const { return symbols_[static_cast<std::size_t>(node.symbol)]; }
    bool is_parameter(const GraphNode& node) const {
        return node.operation == Operation::alias && symbol(node).kind == SymbolKind::parameter;
    }

    std::string list(const GraphNode& node, std::string_view between, int around, int depth) const {
        std::string text;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const auto part = write(node.children[i], around, depth);
            const bool is_minus = between == " + " && part.starts_with('-');
            if (i > 0) text += is_minus ? " - " : between;
            text += i > 0 && is_minus ? part.substr(1) : part;
            if (text.size() > longest) break;
        }
        return text;
    }

    std::string plain(const GraphNode& node, int depth) const {
        const auto child = [&](std::size_t i, int around = 0) { return write(node.children[i], around, depth); };
        switch (node.operation) {
            case Operation::number:
                return node.text;
            case Operation::constant:
                return node.text == "pi" ? "\\pi" : node.text;
            case Operation::variable:
            case Operation::alias:
                return name_of_entry(symbol(node), node.row, node.column);
            case Operation::add:
                return list(node, " + ", 1, depth);
            case Operation::subtract:
                return child(0, 1) + " - " + child(1, 2);
            case Operation::negate:
                return "-" + child(0, 2);
            case Operation::multiply:
                return list(node, " ", 3, depth);
            case Operation::divide:
                return fmt::format("\\frac{{{}}}{{{}}}", child(0), child(1));
            case Operation::power:
                return fmt::format("{}^{{{}}}", child(0, 3), child(1));
            case Operation::elementary:
                if (node.text == "abs") return "|" + child(0) + "|";
                if (node.text == "sqrt") return fmt::format("\\sqrt{{{}}}", child(0));
                return fmt::format("\\{}({})", node.text == "erf" ? "mathrm{erf}" : node.text, child(0));
            case Operation::maximum:
                return "\\max(" + list(node, ", ", 0, depth) + ")";
            case Operation::minimum:
                return "\\min(" + list(node, ", ", 0, depth) + ")";
            case Operation::opaque: {
                std::size_t order = 0;
                for (const int one : node.orders) order += static_cast<std::size_t>(one);
                return symbol(node).name + std::string(order, '\'') + "(" + list(node, ", ", 0, depth) + ")";
            }
            case Operation::cases:
                return "\\begin{cases} ... \\end{cases}";
            case Operation::compare:
                return fmt::format("{} {} {}", child(0), latex_of(node.relation), child(1));
            case Operation::all:
                return list(node, " and ", 0, depth);
            case Operation::any:
                return list(node, " or ", 0, depth);
            case Operation::otherwise:
                return "otherwise";
            case Operation::derivative:
                return fmt::format("\\frac{{\\partial {}}}{{\\partial {}}}", child(0, 3), child(1));
        }
        return "?";
    }
};

}  // namespace

std::string text_of(const Graph& graph, NodeId node, const std::vector<Symbol>& symbols) {
    return NodeWriter(graph, symbols).write(node);
}

std::string name_of_entry(const Symbol& symbol, int row, int column) {
    if (symbol.shape.is_number()) return symbol.name;
    if (symbol.shape.is_column()) return fmt::format("{}_{{{}}}", symbol.name, row + 1);
    return fmt::format("{}_{{{} {}}}", symbol.name, row + 1, column + 1);
}

}  // namespace gradproof::notes
