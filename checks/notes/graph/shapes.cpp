// SPDX-License-Identifier: MIT
#include "notes/graph/shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "notes/reader/latex.hpp"

namespace gradproof::notes {
namespace {

std::optional<int> number_of(const std::vector<Symbol>& symbols, const Dimension& dimension) {
    int value = 0;
    const auto [end, error] = std::from_chars(dimension.data(), dimension.data() + dimension.size(), value);
    if (error == std::errc{} && end == dimension.data() + dimension.size()) return value;
    for (auto symbol = symbols.rbegin(); symbol != symbols.rend(); ++symbol)
        if (symbol->kind == SymbolKind::size && symbol->name == dimension && symbol->listed.size() == 1)
            return symbol->listed.front();
    return std::nullopt;
}

class Shaper {
  public:
    explicit Shaper(ShapeContext& context) : context_(context) {}

    void visit(Tree& tree) {
        if (tree.kind == Kind::sum_over || tree.kind == Kind::product_over || tree.kind == Kind::max_over)
            return over(tree);
        if (tree.kind == Kind::entry || tree.kind == Kind::column) return entry(tree);
        if (tree.kind == Kind::delta) {
            for (auto& child : tree.children) child.shape = {};
            pair_of_indices(tree);
            return;
        }
        for (auto& child : tree.children) visit(child);
        tree.shape = shape_of(tree);
    }

  private:
    ShapeContext& context_;

    const Symbol& symbol(const Tree& tree) const { return context_.symbols[static_cast<std::size_t>(tree.symbol)]; }
    bool same(const Shape& a, const Shape& b) const { return same_shape(context_.symbols, a, b); }
    bool same(const Dimension& a, const Dimension& b) const { return same_dimension(context_.symbols, a, b); }

    [[noreturn]] void fail(const Tree& at, const std::string& message) const {
        throw NoteError(context_.file, at.where, message);
    }
    std::string part(const Tree& tree) const {
        return fmt::format("{} is {}", source_of(tree, context_.text), describe(tree.shape));
    }
    [[noreturn]] void mismatch(const Tree& at, std::string_view what, const Tree& a, const Tree& b) const {
        fail(b.begin > at.begin ? b : at, fmt::format("shape mismatch in {}: {}, {}", what, part(a), part(b)));
    }
    void require_number(const Tree& tree, std::string_view what) const {
        if (!tree.shape.is_number()) fail(tree, fmt::format("{} must be a number: {}", what, part(tree)));
    }

    // Entry by entry, a number standing for a matrix filled with it.
    Shape alike(const Tree& tree, std::string_view what, std::size_t first = 0) const {
        const Tree* shaped = nullptr;
        for (std::size_t i = first; i < tree.children.size(); ++i) {
            const Tree& child = tree.children[i];
            if (child.shape.is_number()) continue;
            if (shaped && !same(shaped->shape, child.shape)) mismatch(tree, what, *shaped, child);
            if (!shaped) shaped = &child;
        }
        return shaped ? shaped->shape : Shape{};
    }

    Shape shape_of(Tree& tree) const {
        const auto& children = tree.children;
        switch (tree.kind) {
            case Kind::number:
            case Kind::constant:
            case Kind::size:
            case Kind::index:
            case Kind::otherwise:
            case Kind::reals:
            case Kind::infinity:
                return {};
            case Kind::symbol:
                return symbol(tree).shape;
            case Kind::add:
                return alike(tree, "the sum");
            case Kind::subtract:
                return alike(tree, "the difference");
            case Kind::negate:
            case Kind::elementary:
                return children[0].shape;
            case Kind::maximum:
            case Kind::minimum:
                return alike(tree, "the maximum");
            case Kind::product: {
                if (children[0].shape.is_number()) return children[1].shape;
                if (children[1].shape.is_number()) return children[0].shape;
                if (!same(children[0].shape.columns, children[1].shape.rows))
                    mismatch(tree, "the product", children[0], children[1]);
                return {children[0].shape.rows, children[1].shape.columns};
            }
            case Kind::hadamard:
                if (!same(children[0].shape, children[1].shape))
                    mismatch(tree, "the product \\odot", children[0], children[1]);
                return children[0].shape;
            case Kind::divide:
                return alike(tree, "the quotient");
            case Kind::power:
                if (!children[0].shape.is_number())
                    fail(tree, fmt::format("a power of a matrix can be read in two ways: write {0} \\odot {0}; {1}",
                                           source_of(children[0], context_.text), part(children[0])));
                require_number(children[1], "an exponent");
                return {};
            case Kind::transpose:
                return {children[0].shape.columns, children[0].shape.rows};
            case Kind::call:
                return call(tree);
            case Kind::ones:
            case Kind::identity:
                return tree.shape;
            case Kind::diagonal:
                if (!children[0].shape.is_column()) fail(tree, "\\mathrm{diag} takes a column: " + part(children[0]));
                return {children[0].shape.rows, children[0].shape.rows};
            case Kind::determinant:
            case Kind::trace:
                if (!same(children[0].shape.rows, children[0].shape.columns))
                    fail(tree, "this needs a square matrix: " + part(children[0]));
                return {};
            case Kind::norm:
                return {};
            case Kind::matrix:
                for (const auto& child : children) require_number(child, "an entry");
                return tree.shape;
            case Kind::cases: {
                for (std::size_t i = 0; i < children.size(); i += 2) require_number(children[i], "the value of a case");
                return {};
            }
            case Kind::compare:
                for (const auto& child : children) require_number(child, "a side of a condition");
                return {};
            case Kind::member:
            case Kind::not_member:
                require_number(children[0], "what lies in a set");
                return {};
            case Kind::interval:
            case Kind::finite_set:
                for (const auto& child : children) require_number(child, "an end or a member of a set");
                return {};
            case Kind::derivative:
                return derivative(tree);
            default:
                return tree.shape;
        }
    }

    Shape call(Tree& tree) const {
        const Symbol& function = symbol(tree);
        bool all_numbers = true;
        for (std::size_t i = 0; i < tree.children.size(); ++i) {
            if (function.parameters.empty()) continue;
            const Symbol& parameter = context_.symbols[static_cast<std::size_t>(function.parameters[i])];
            if (parameter.shape.is_number()) continue;
            all_numbers = false;
            if (!same(parameter.shape, tree.children[i].shape))
                fail(tree.children[i], fmt::format("shape mismatch: {} takes {} for {}, but {}", function.name,
                                                   describe(parameter.shape), parameter.name, part(tree.children[i])));
        }
        if (!all_numbers) {
            for (std::size_t i = 0; i < tree.children.size(); ++i)
                if (context_.symbols[static_cast<std::size_t>(function.parameters[i])].shape.is_number())
                    require_number(tree.children[i], "this argument");
            return function.shape;
        }
        const Shape arguments = alike(tree, "the arguments");
        if (arguments.is_number()) return function.shape;
        if (!function.shape.is_number()) fail(tree, function.name + " of a matrix: its value is a matrix already");
        return arguments;
    }

    Shape derivative(Tree& tree) const {
        const Shape top = tree.children[0].shape;
        const bool several = tree.children.size() > 2;
        for (std::size_t i = 1; i < tree.children.size(); ++i) {
            const Shape by = tree.children[i].shape;
            if (by.is_number()) continue;
            if (several) fail(tree, "a second derivative by a matrix: take it by an entry, such as z_k");
            if (top.is_number()) return by;
            if (top.is_column() && by.is_column()) return {top.rows, by.rows};  // a Jacobian
            fail(tree, fmt::format("the derivative of a matrix by a matrix has four indices: {}, {}; take it by an "
                                   "entry, such as W_{{jk}}",
                                   part(tree.children[0]), part(tree.children[i])));
        }
        return top;
    }

    void use_index(const Tree& index, const Dimension& dimension) {
        if (index.kind != Kind::index) return;
        const auto [found, is_new] = context_.ranges.try_emplace(index.text, dimension);
        if (!is_new && found->second.empty()) found->second = dimension;
        if (!same(found->second, dimension))
            fail(index, fmt::format("shape mismatch: the index {} runs to {} here, but to {} elsewhere", index.text,
                                    dimension, found->second));
    }

    void entry(Tree& tree) {
        auto& children = tree.children;
        visit(children[0]);
        for (std::size_t i = 1; i < children.size(); ++i) children[i].shape = {};
        const Shape whole = children[0].shape;
        if (tree.kind == Kind::column) {
            if (whole.is_number()) fail(tree, "a number has no columns: " + part(children[0]));
            if (whole.is_column()) {  // z^{(i)} of a column of numbers is its entry
                use_index(children[1], whole.rows);
                tree.shape = {};
                return;
            }
            use_index(children[1], whole.columns);
            tree.shape = {whole.rows, "1"};
            return;
        }
        if (!whole.is_column() && children.size() == 2 && children[1].kind == Kind::number &&
            children[1].text.size() == 2) {  // W_{12}
            Tree second = children[1];
            second.text.erase(0, 1);
            children[1].text.erase(1);
            children.push_back(std::move(second));
        }
        if (whole.is_number()) fail(tree, "a number has no entries: " + part(children[0]));
        if (children.size() == 2) {
            if (whole.is_column()) {
                use_index(children[1], whole.rows);
            } else if (whole.rows == "1") {
                use_index(children[1], whole.columns);
            } else {
                fail(tree, fmt::format("{}, so its entries have two indices", part(children[0])));
            }
        } else {
            use_index(children[1], whole.rows);
            use_index(children[2], whole.columns);
        }
        tree.shape = {};
    }

    void pair_of_indices(Tree& tree) {
        // delta_{ij}: where one index has a range already, the other has the same.
        auto& a = tree.children[0];
        auto& b = tree.children[1];
        for (auto* one : {&a, &b})
            if (one->kind == Kind::index) context_.ranges.try_emplace(one->text, "");
        tree.shape = {};
    }

    void over(Tree& tree) {
        // The index is the sum's own: what it meant outside comes back behind the sum.
        std::optional<Dimension> outside;
        if (const auto found = context_.ranges.find(tree.text); found != context_.ranges.end()) {
            outside = found->second;
            context_.ranges.erase(found);
        }
        for (std::size_t i = 1; i < tree.children.size(); ++i) tree.children[i].shape = {};
        visit(tree.children[0]);
        if (tree.kind != Kind::sum_over) require_number(tree.children[0], "the body");
        const auto inside = context_.ranges.find(tree.text);
        if (tree.children.size() == 1) {
            if (inside == context_.ranges.end() || inside->second.empty())
                fail(tree, fmt::format("how far does {0} run? Nothing under the sum has the subscript {0}; write "
                                       "\\sum_{{{0}=1}}^{{K}}",
                                       tree.text));
            // The range becomes the bounds, so that whoever expands the sum finds them.
            Tree lower;
            lower.kind = Kind::number;
            lower.text = "1";
            Tree upper = lower;
            upper.text = inside->second;
            for (std::size_t id = context_.symbols.size(); id-- > 0;) {
                const auto& candidate = context_.symbols[id];
                if (candidate.kind != SymbolKind::size || candidate.name != inside->second) continue;
                upper.kind = Kind::size;
                upper.symbol = static_cast<int>(id);
                upper.text.clear();
                break;
            }
            tree.children.push_back(std::move(lower));
            tree.children.push_back(std::move(upper));
        }
        if (inside != context_.ranges.end()) context_.ranges.erase(inside);
        if (outside) context_.ranges[tree.text] = *outside;
        tree.shape = tree.children[0].shape;
    }
};

}  // namespace

bool same_dimension(const std::vector<Symbol>& symbols, const Dimension& a, const Dimension& b) {
    if (a == b || a.empty() || b.empty()) return true;
    const auto left = number_of(symbols, a);
    const auto right = number_of(symbols, b);
    return left && right && *left == *right;
}

bool same_shape(const std::vector<Symbol>& symbols, const Shape& a, const Shape& b) {
    return same_dimension(symbols, a.rows, b.rows) && same_dimension(symbols, a.columns, b.columns);
}

std::string describe(const Shape& shape) {
    return shape.is_number() ? "a number" : fmt::format("{} x {}", shape.rows, shape.columns);
}

std::string source_of(const Tree& tree, std::string_view text) {
    if (tree.end <= tree.begin || tree.end > text.size()) return latex_of(tree);
    std::string source;
    for (const char c : text.substr(tree.begin, tree.end - tree.begin)) {
        const bool blank = c == '\n' || c == ' ';
        if (blank && source.ends_with(' ')) continue;
        source += blank ? ' ' : c;
    }
    return source;
}

void set_shapes(Tree& tree, ShapeContext& context) {
    Shaper(context).visit(tree);
}

void require_related(const Tree& left, const Tree& right, const ShapeContext& context) {
    if (left.shape.is_number() || right.shape.is_number()) return;
    if (same_shape(context.symbols, left.shape, right.shape)) return;
    throw NoteError(context.file, right.where,
                    fmt::format("shape mismatch: {} is {}, but {} is {}", source_of(left, context.text),
                                describe(left.shape), source_of(right, context.text), describe(right.shape)));
}

}  // namespace gradproof::notes
