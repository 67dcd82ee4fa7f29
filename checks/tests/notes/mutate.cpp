// SPDX-License-Identifier: MIT
#include "tests/notes/mutate.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include "notes/reader/command.hpp"
#include "spelling/edit_distance.hpp"

namespace gradproof::notes {
namespace {

class Slips {
  public:
    Slips(const Tree& root, const std::vector<Symbol>& symbols, const std::vector<int>& candidates,
          const SameValue& same_value)
        : root_(root), symbols_(symbols), candidates_(candidates), same_value_(same_value) {}

    std::vector<MutatedTree> all() {
        visit(root_);
        minus(root_, "minus in front");
        twice(root_);
        return std::move(found_);
    }

  private:
    const Tree& root_;
    const std::vector<Symbol>& symbols_;
    const std::vector<int>& candidates_;
    const SameValue& same_value_;
    std::vector<std::size_t> path_;
    bool in_product_ = false;
    std::vector<MutatedTree> found_;

    static bool is_number(const Tree& tree, std::string_view digits) {
        return tree.kind == Kind::number && tree.text == digits;
    }

    static bool is_condition(const Tree& tree) {
        return tree.kind == Kind::compare || tree.kind == Kind::member || tree.kind == Kind::not_member ||
               tree.kind == Kind::otherwise;
    }

    // The root with the node at the current path replaced.
    void add(std::string mutation, Tree replacement) {
        Tree mutated = root_;
        Tree* at = &mutated;
        for (const auto step : path_) at = &at->children[step];
        if (*at == replacement) return;
        *at = std::move(replacement);
        found_.push_back({std::move(mutation), std::move(mutated)});
    }

    void change(const Tree& tree, const std::string& mutation, const std::function<void(Tree&)>& edit) {
        Tree changed = tree;
        edit(changed);
        add(mutation, std::move(changed));
    }

    // A minus where there was none. One that was there can be dropped, elsewhere.
    void minus(const Tree& tree, const std::string& mutation) {
        if (tree.kind == Kind::negate || is_condition(tree) || is_number(tree, "0")) return;
        Tree negated;
        negated.kind = Kind::negate;
        negated.shape = tree.shape;
        negated.where = tree.where;
        negated.children = {tree};
        add(mutation, std::move(negated));
    }

    // A factor 2 too many, or one that is left: the commonest constant.
    void twice(const Tree& tree) {
        if (is_condition(tree) || is_number(tree, "0")) return;
        Tree two;
        two.kind = Kind::number;
        two.text = "2";
        Tree doubled;
        doubled.kind = Kind::product;
        doubled.shape = tree.shape;
        doubled.where = tree.where;
        doubled.children = {two, tree};
        add("factor 2", std::move(doubled));
    }

    // Where a sign is easily lost besides the front: the first term of a sum, an exponent, an argument.
    static bool may_have_a_sign(const Tree& parent, std::size_t child) {
        switch (parent.kind) {
            case Kind::add:
            case Kind::subtract:
                return child == 0 && parent.children[0].kind != Kind::add && parent.children[0].kind != Kind::subtract;
            case Kind::power:
                return child == 1;
            case Kind::elementary:
                return parent.text != "abs" && parent.text != "cos" && parent.text != "cosh";  // these are even
            case Kind::call:
                return parent.primes == 0;  // most slopes here are even
            case Kind::maximum:
            case Kind::minimum:
                return true;
            default:
                return false;
        }
    }

    void visit(const Tree& tree) {
        here(tree);
        for (std::size_t i = 0; i < tree.children.size(); ++i) {
            path_.push_back(i);
            in_product_ = tree.kind == Kind::product || tree.kind == Kind::hadamard || tree.kind == Kind::transpose;
            if (may_have_a_sign(tree, i)) minus(tree.children[i], "minus inside");
            if (tree.kind == Kind::add || tree.kind == Kind::subtract || tree.kind == Kind::hadamard ||
                tree.kind == Kind::power)
                twice(tree.children[i]);
            visit(tree.children[i]);
            path_.pop_back();
        }
    }

    void here(const Tree& tree) {
        const auto& children = tree.children;
        switch (tree.kind) {
            case Kind::number:
                return number(tree);
            case Kind::symbol:
                return symbol(tree);
            case Kind::add:
                change(tree, "+ to -", [](Tree& t) { t.kind = Kind::subtract; });
                add("dropped term", children[1]);
                return;
            case Kind::subtract:
                change(tree, "- to +", [](Tree& t) { t.kind = Kind::add; });
                add("dropped term", children[0]);
                return;
            case Kind::negate:
                return add("dropped minus", children[0]);
            case Kind::product:
                if (!is_number(children[0], "1")) add("dropped left factor", children[1]);
                if (!is_number(children[1], "1")) add("dropped right factor", children[0]);
                if (!children[0].shape.is_number() && !children[1].shape.is_number())
                    change(tree, "product to \\odot", [](Tree& t) { t.kind = Kind::hadamard; });
                return;
            case Kind::hadamard:
                change(tree, "\\odot to product", [](Tree& t) { t.kind = Kind::product; });
                add("dropped left factor", children[1]);
                add("dropped right factor", children[0]);
                return;
            case Kind::divide:
                if (!is_number(children[0], "0")) {
                    change(tree, "flipped fraction", [](Tree& t) { std::swap(t.children[0], t.children[1]); });
                    add("dropped denominator", children[0]);
                }
                return;
            case Kind::power:
                return add("dropped power", children[0]);
            case Kind::transpose:
                return add("dropped transpose", children[0]);
            case Kind::elementary:
                return add("dropped \\" + tree.text, children[0]);
            case Kind::maximum:
                return change(tree, "\\max to \\min", [](Tree& t) { t.kind = Kind::minimum; });
            case Kind::minimum:
                return change(tree, "\\min to \\max", [](Tree& t) { t.kind = Kind::maximum; });
            case Kind::call:
                if (tree.primes > 0) change(tree, "dropped prime", [](Tree& t) { --t.primes; });
                if (tree.primes == 0 && children.size() == 1) add("dropped function", children[0]);
                return;
            case Kind::entry:
                if (children.size() == 3)
                    change(tree, "swapped indices", [](Tree& t) { std::swap(t.children[1], t.children[2]); });
                return;
            case Kind::sum_over:
            case Kind::product_over: {
                change(tree, "sum from one later", [](Tree& t) { shift(t.children[1], 1); });
                change(tree, "sum to one earlier", [](Tree& t) { shift(t.children[2], -1); });
                return;
            }
            case Kind::cases:
                if (children.size() >= 4)
                    change(tree, "swapped cases", [](Tree& t) { std::swap(t.children[0], t.children[2]); });
                return;
            case Kind::compare:
                return compare(tree);
            case Kind::member:
                return change(tree, "\\in to \\notin", [](Tree& t) { t.kind = Kind::not_member; });
            case Kind::not_member:
                return change(tree, "\\notin to \\in", [](Tree& t) { t.kind = Kind::member; });
            case Kind::interval:
                if (children[0].kind != Kind::infinity)
                    change(tree, "lower bracket", [](Tree& t) { t.ends.lower = !t.ends.lower; });
                if (children[1].kind != Kind::infinity)
                    change(tree, "upper bracket", [](Tree& t) { t.ends.upper = !t.ends.upper; });
                return;
            default:
                return;
        }
    }

    // A bound of a sum, moved by one.
    static void shift(Tree& bound, int by) {
        Tree one;
        one.kind = Kind::number;
        one.text = "1";
        Tree moved;
        moved.kind = by > 0 ? Kind::add : Kind::subtract;
        moved.where = bound.where;
        moved.children = {bound, one};
        bound = moved;
    }

    void number(const Tree& tree) {
        const auto point = tree.text.find('.');
        if (point != std::string::npos) {  // one unit of the last digit
            return change(tree, "last digit", [](Tree& t) {
                t.text.back() = t.text.back() == '9' ? '8' : static_cast<char>(t.text.back() + 1);
            });
        }
        int value = 0;
        const auto [end, error] = std::from_chars(tree.text.data(), tree.text.data() + tree.text.size(), value);
        if (error != std::errc{} || end != tree.text.data() + tree.text.size()) return;
        change(tree, "number + 1", [value](Tree& t) { t.text = std::to_string(value + 1); });
        if (value > 0) change(tree, "number - 1", [value](Tree& t) { t.text = std::to_string(value - 1); });
    }

    void symbol(const Tree& tree) {
        const Symbol& original = symbols_[static_cast<std::size_t>(tree.symbol)];
        if (original.kind == SymbolKind::parameter) return;
        if (in_product_ && !original.shape.is_number()) {
            Tree turned;
            turned.kind = Kind::transpose;
            turned.where = tree.where;
            turned.children = {tree};
            add("added transpose", std::move(turned));
        }
        // The nearest free symbol and the nearest definition: z for y, and z for a.
        for (const auto kind : {SymbolKind::variable, SymbolKind::definition}) {
            int nearest = -1;
            std::size_t least = 1000;
            for (const int id : candidates_) {
                const Symbol& other = symbols_[static_cast<std::size_t>(id)];
                if (id == tree.symbol || other.shape != original.shape || other.kind != kind) continue;
                const auto distance = edit_distance(original.name, other.name);
                if (distance < least && !same_value_(tree.symbol, id)) {
                    least = distance;
                    nearest = id;
                }
            }
            if (nearest < 0) continue;
            change(tree, original.name + " to " + symbols_[static_cast<std::size_t>(nearest)].name,
                   [nearest](Tree& t) { t.symbol = nearest; });
        }
    }

    void compare(const Tree& tree) {
        using enum Relation;
        const auto turned = [&]() -> Relation {
            switch (tree.relation) {
                case less:
                    return greater;
                case greater:
                    return less;
                case less_equal:
                    return greater_equal;
                case greater_equal:
                    return less_equal;
                default:
                    return tree.relation;
            }
        }();
        if (turned != tree.relation) change(tree, "turned condition", [turned](Tree& t) { t.relation = turned; });
    }
};

}  // namespace

std::vector<MutatedTree> mutations_of(const Tree& tree, const std::vector<Symbol>& symbols,
                                      const std::vector<int>& candidates, const SameValue& same_value) {
    return Slips(tree, symbols, candidates, same_value).all();
}

}  // namespace gradproof::notes
