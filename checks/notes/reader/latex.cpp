// SPDX-License-Identifier: MIT
#include "notes/reader/latex.hpp"

#include <fmt/format.h>

namespace gradproof::notes {
namespace {

// How tightly the outermost operation of a tree binds.
int strength(const Tree& tree) {
    switch (tree.kind) {
        case Kind::add:
        case Kind::subtract:
        case Kind::negate:
            return 1;
        case Kind::hadamard:
            return 2;
        case Kind::product:
        case Kind::sum_over:
        case Kind::product_over:
            return 3;
        default:
            return 4;
    }
}

class Writer {
  public:
    explicit Writer(const std::vector<Symbol>& symbols) : symbols_(symbols) {}

    std::string write(const Tree& tree, int around = 0) const {
        auto text = plain(tree);
        if (strength(tree) < around) return "\\left( " + text + " \\right)";
        return text;
    }

  private:
    const std::vector<Symbol>& symbols_;

    std::string name(const Tree& tree) const {
        const auto id = static_cast<std::size_t>(tree.symbol);
        return tree.symbol >= 0 && id < symbols_.size() ? symbols_[id].name : fmt::format("?_{{{}}}", tree.symbol);
    }
    std::string list(const Tree& tree, std::size_t first, std::string_view between) const {
        std::string text;
        for (std::size_t i = first; i < tree.children.size(); ++i)
            text += fmt::format("{}{}", i == first ? "" : between, write(tree.children[i]));
        return text;
    }
    std::string child(const Tree& tree, std::size_t i, int around = 0) const {
        return i < tree.children.size() ? write(tree.children[i], around) : "?";
    }

    std::string plain(const Tree& tree) const {
        switch (tree.kind) {
            case Kind::number:
                return tree.text;
            case Kind::constant:
                return tree.text == "pi" ? "\\pi" : tree.text;
            case Kind::symbol:
            case Kind::size:
                return name(tree);
            case Kind::index:
                return tree.text;
            case Kind::add:
                return child(tree, 0, 1) + " + " + child(tree, 1, 2);
            case Kind::subtract:
                return child(tree, 0, 1) + " - " + child(tree, 1, 2);
            case Kind::negate:
                return "-" + child(tree, 0, 2);
            case Kind::product: {
                const bool digits = tree.children.size() == 2 && tree.children[1].kind == Kind::number;
                return child(tree, 0, 3) + (digits ? " \\cdot " : " ") + child(tree, 1, 4);
            }
            case Kind::hadamard:
                return child(tree, 0, 2) + " \\odot " + child(tree, 1, 3);
            case Kind::divide:
                return fmt::format("\\frac{{{}}}{{{}}}", child(tree, 0), child(tree, 1));
            case Kind::power:
                return fmt::format("{{{}}}^{{{}}}", child(tree, 0, 4), child(tree, 1));
            case Kind::transpose:
                return fmt::format("{{{}}}^{{\\top}}", child(tree, 0, 4));
            case Kind::elementary:
                if (tree.text == "abs") return "|" + child(tree, 0) + "|";
                if (tree.text == "sqrt") return fmt::format("\\sqrt{{{}}}", child(tree, 0));
                if (tree.text == "erf") return fmt::format("\\mathrm{{erf}}({})", child(tree, 0));
                return fmt::format("\\{}({})", tree.text, child(tree, 0));
            case Kind::maximum:
                return "\\max(" + list(tree, 0, ", ") + ")";
            case Kind::minimum:
                return "\\min(" + list(tree, 0, ", ") + ")";
            case Kind::call:
                return name(tree) + std::string(static_cast<std::size_t>(tree.primes), '\'') + "(" +
                       list(tree, 0, ", ") + ")";
            case Kind::entry:
                return fmt::format("{}_{{{}}}", child(tree, 0, 4), list(tree, 1, ", "));
            case Kind::column:
                return fmt::format("{}^{{({})}}", child(tree, 0, 4), child(tree, 1));
            case Kind::sum_over:
            case Kind::product_over: {
                const auto bounds = tree.children.size() == 3
                                        ? fmt::format("_{{{}={}}}^{{{}}} ", tree.text, child(tree, 1), child(tree, 2))
                                        : fmt::format("_{{{}}} ", tree.text);
                return (tree.kind == Kind::sum_over ? "\\sum" : "\\prod") + bounds + child(tree, 0, 3);
            }
            case Kind::max_over:
                return fmt::format("\\max_{{{}}} {}", tree.text, child(tree, 0, 4));
            case Kind::delta:
                return fmt::format("\\delta_{{{}}}", list(tree, 0, " "));
            case Kind::ones:
                return fmt::format("\\mathbf{{1}}_{{{}}}", tree.shape.rows);
            case Kind::identity:
                return fmt::format("I_{{{}}}", tree.shape.rows);
            case Kind::diagonal:
                return fmt::format("\\mathrm{{diag}}({})", child(tree, 0));
            case Kind::determinant:
                return fmt::format("\\det({})", child(tree, 0));
            case Kind::trace:
                return fmt::format("\\mathrm{{tr}}({})", child(tree, 0));
            case Kind::norm:
                return fmt::format("\\lVert {} \\rVert", child(tree, 0));
            case Kind::matrix:
                return fmt::format("\\begin{{pmatrix}} {} \\end{{pmatrix}}", list(tree, 0, " & "));
            case Kind::cases: {
                std::string text = "\\begin{cases}";
                for (std::size_t i = 0; i + 1 < tree.children.size(); i += 2)
                    text += fmt::format("{} {} & {}", i == 0 ? "" : " \\\\", write(tree.children[i]),
                                        write(tree.children[i + 1]));
                return text + " \\end{cases}";
            }
            case Kind::compare:
                return fmt::format("{} {} {}", child(tree, 0), latex_of(tree.relation), child(tree, 1));
            case Kind::member:
                return child(tree, 0) + " \\in " + child(tree, 1);
            case Kind::not_member:
                return child(tree, 0) + " \\notin " + child(tree, 1);
            case Kind::interval: {
                const bool from_infinity = !tree.children.empty() && tree.children[0].kind == Kind::infinity;
                return fmt::format("{}{}{}, {}{}", tree.ends.lower ? '[' : '(', from_infinity ? "-" : "",
                                   child(tree, 0), child(tree, 1), tree.ends.upper ? ']' : ')');
            }
            case Kind::finite_set:
                return "\\{ " + list(tree, 0, ", ") + " \\}";
            case Kind::reals:
                return "\\mathbb{R}";
            case Kind::infinity:
                return "\\infty";
            case Kind::otherwise:
                return "\\text{otherwise}";
            case Kind::derivative: {
                std::string below;
                for (std::size_t i = 1; i < tree.children.size(); ++i) below += "\\partial " + child(tree, i) + " ";
                const auto order = tree.children.size() > 2 ? fmt::format("^{}", tree.children.size() - 1) : "";
                if (tree.children.empty()) return "?";
                return fmt::format("\\frac{{\\partial{} {}}}{{{}}}", order, child(tree, 0), below);
            }
        }
        return "?";
    }
};

}  // namespace

std::string latex_of(Relation relation) {
    switch (relation) {
        case Relation::defines:
            return ":=";
        case Relation::equal:
            return "=";
        case Relation::not_equal:
            return "\\neq";
        case Relation::less:
            return "<";
        case Relation::less_equal:
            return "\\le";
        case Relation::greater:
            return ">";
        case Relation::greater_equal:
            return "\\ge";
        case Relation::approximately:
            return "\\approx";
    }
    return "?";
}

std::string latex_of(const Tree& tree, const std::vector<Symbol>& symbols) {
    return Writer(symbols).write(tree);
}

}  // namespace gradproof::notes
