// SPDX-License-Identifier: MIT
#include "notes/ties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "notes/bindings.hpp"
#include "notes/check.hpp"
#include "notes/links.hpp"
#include "notes/points.hpp"

namespace gradproof::notes {
namespace {

// Both sides run with 50 digits; formulas that cancel (a - y near a = y, 1 - a near 1) lose some of them.
const char* const agreement = "1e-32";
// In double the code must have half its digits, or 15 decimal places where the value vanishes: far from a wrong
// formula, whose error is of the size of the value. How good it really is, is reported in ulps.
constexpr double half_the_digits = 1e-8;
constexpr double vanishing = 1e-15;
constexpr int points_compared = 40;

struct Formula {
    std::vector<NodeId> entries;
    Position where;
};

class Comparison {
  public:
    Comparison(const Document& document, std::vector<Symbol> symbols, const Binding& binding, const Sizes& sizes)
        : document_(document),
          symbols_(std::move(symbols)),
          binding_(binding),
          expander_(symbols_, graph_, sizes),
          sampler_(graph_, symbols_),
          points_(symbols_) {
        for (const auto& [name, value] : sizes) sizes_.emplace_back(name, value);
    }

    void run(TieResult& result) {
        const auto fence = std::find_if(document_.fences.begin(), document_.fences.end(),
                                        [&](const auto& one) { return tag_slug(one.tag) == binding_.tag; });
        if (fence == document_.fences.end())
            throw std::runtime_error(
                fmt::format("{}: no fence has the tag {}", document_.note.path.string(), binding_.tag));
        const Formula formula = formula_of(static_cast<std::size_t>(fence - document_.fences.begin()));
        for (int point = 0; point < points_compared; ++point) compare(result, formula, point * 3);
    }

  private:
    const Document& document_;
    std::vector<Symbol> symbols_;
    const Binding& binding_;
    Graph graph_;
    Expander expander_;
    Sampler sampler_;
    Points points_;
    std::vector<std::pair<std::string, int>> sizes_;

    // What a claim or definition says about: the name on its left.
    const Symbol* left_of(const Claim& claim) const {
        const Tree* tree = &claim.left;
        while ((tree->kind == Kind::entry || tree->kind == Kind::column) && !tree->children.empty())
            tree = &tree->children[0];
        return tree->symbol >= 0 ? &symbols_[static_cast<std::size_t>(tree->symbol)] : nullptr;
    }

    // The last formula of the fence that is about `left`: the right side of a chain's last claim, or a definition.
    Formula formula_of(std::size_t fence) {
        Formula formula;
        const Claim* last = nullptr;
        bool about_left = binding_.left.empty();
        for (const auto& claim : document_.claims) {
            if (claim.fence != fence) continue;
            if (claim.step == 1 && !binding_.left.empty()) {
                const Symbol* left = left_of(claim);
                about_left = left && left->name == binding_.left;
            }
            if (about_left) last = &claim;
        }
        if (last) {
            Claim claim = *last;
            claim.conditions.clear();
            const Question question = expander_.question(claim, document_.note.path);
            formula.where = claim.where;
            formula.entries.resize(question.instances.size());
            // Entries come in the order of the free indices; the left side says where each belongs.
            for (std::size_t i = 0; i < question.instances.size(); ++i) {
                const GraphNode& left = graph_[question.instances[i].left];
                std::size_t place = i;
                if (!claim.free_indices.empty() && left.operation == Operation::alias) {
                    const Symbol& symbol = symbols_[static_cast<std::size_t>(left.symbol)];
                    place = static_cast<std::size_t>(left.row * number_of(symbol.shape.columns) + left.column);
                }
                formula.entries.at(place) = question.instances[i].right;
            }
            return formula;
        }
        for (const auto& definition : document_.definitions) {
            const Symbol& symbol = symbols_[static_cast<std::size_t>(definition.symbol)];
            if (definition.fence != fence || (!binding_.left.empty() && symbol.name != binding_.left)) continue;
            formula.where = definition.where;
            Tree tree;
            tree.where = definition.where;
            tree.symbol = definition.symbol;
            tree.kind = Kind::symbol;
            tree.shape = symbol.shape;
            if (symbol.kind == SymbolKind::function) {
                tree.kind = Kind::call;
                for (const int parameter : symbol.parameters) {
                    Tree argument = tree;
                    argument.kind = Kind::symbol;
                    argument.children.clear();
                    const auto& name = symbols_[static_cast<std::size_t>(parameter)].name;
                    const auto meant = document_.names.find(name);
                    if (meant == document_.names.end())
                        throw std::runtime_error(fmt::format("{}:{}: the parameter {} is not in the table",
                                                             document_.note.path.string(), definition.where.line,
                                                             name));
                    argument.symbol = meant->second;
                    tree.children.push_back(argument);
                }
            }
            formula.entries = expander_.entries(tree).nodes;
        }
        if (formula.entries.empty())
            throw std::runtime_error(fmt::format("{}: the fence tagged {} says nothing about {}",
                                                 document_.note.path.string(), binding_.tag, binding_.left));
        return formula;
    }

    int number_of(const Dimension& dimension) const {
        for (const auto& [name, value] : sizes_)
            if (name == dimension) return value;
        return std::stoi(dimension);
    }

    // All free symbols of the note's own table, at one point; rounded to double, so that both sides see the same.
    void arguments_at(int point, Arguments<Real>& precise, Arguments<double>& rough,
                      std::vector<std::pair<NodeId, std::string>>& nodes) {
        for (std::size_t id = 0; id < symbols_.size(); ++id) {
            const Symbol& symbol = symbols_[id];
            if (symbol.kind != SymbolKind::variable || symbol.file != document_.note.path.string()) continue;
            Values<Real> values{number_of(symbol.shape.rows), number_of(symbol.shape.columns), {}};
            Values<double> rounded{values.rows, values.columns, {}};
            for (int r = 0; r < values.rows; ++r)
                for (int c = 0; c < values.columns; ++c) {
                    GraphNode node;
                    node.operation = Operation::variable;
                    node.symbol = static_cast<int>(id);
                    node.row = r;
                    node.column = c;
                    const auto value = static_cast<double>(points_.value(node, symbol.domain, values.rows, point));
                    rounded.entries.push_back(value);
                    values.entries.emplace_back(value);
                    nodes.emplace_back(graph_.add(node), values.entries.back().str(0, std::ios_base::fmtflags{}));
                }
            precise[symbol.name] = std::move(values);
            rough[symbol.name] = std::move(rounded);
        }
        if (binding_.at_value) cut_at_value(precise, rough, nodes);
    }

    // a, which the note computes from z, rounded to double and given as a value of its own: the code takes it so.
    void cut_at_value(Arguments<Real>& precise, Arguments<double>& rough,
                      std::vector<std::pair<NodeId, std::string>>& nodes) {
        const auto name = document_.names.find("a");
        if (name == document_.names.end()) throw std::runtime_error("the note defines no value a");
        Tree tree;
        tree.kind = Kind::symbol;
        tree.symbol = name->second;
        const Entries entries = expander_.entries(tree);
        Values<Real> values{entries.rows, entries.columns, {}};
        Values<double> rounded{entries.rows, entries.columns, {}};
        const auto given = nodes;
        const auto code = binding_.value(precise);
        if (code.size() != entries.nodes.size())
            throw std::runtime_error("the note's a has another size than the code's");
        for (std::size_t i = 0; i < entries.nodes.size(); ++i) {
            const NodeId node = entries.nodes[i];
            const Real note = real_of(sampler_.value(node, given));
            if (!(abs(code[i] - note) <= real_of(agreement) * (1 + abs(note))))
                throw std::runtime_error(
                    fmt::format("{}: the note's a is not the code's activation\n    at    {}\n    note  {}\n"
                                "    code  {}",
                                document_.note.path.string(), describe(rough), text(note), text(code[i])));
            const auto value = static_cast<double>(note);
            rounded.entries.push_back(value);
            values.entries.emplace_back(value);
            nodes.emplace_back(node, values.entries.back().str(0, std::ios_base::fmtflags{}));
        }
        precise["a"] = std::move(values);
        rough["a"] = std::move(rounded);
    }

    void compare(TieResult& result, const Formula& formula, int point) {
        Arguments<Real> precise;
        Arguments<double> rough;
        std::vector<std::pair<NodeId, std::string>> nodes;
        arguments_at(point, precise, rough, nodes);
        const auto code = binding_.precisely(precise);
        const auto code_in_double = binding_.in_double(rough);
        if (code.size() != formula.entries.size())
            throw std::runtime_error(fmt::format("{}:{}: the formula has {} entries, the code {}",
                                                 document_.note.path.string(), formula.where.line,
                                                 formula.entries.size(), code.size()));
        for (std::size_t i = 0; i < code.size(); ++i) {
            Real note;
            try {
                note = real_of(sampler_.value(formula.entries[i], nodes));
            } catch (const std::domain_error&) {
                continue;
            }
            ++result.comparisons;
            const Real scale = 1 + abs(note);
            if (!(abs(code[i] - note) <= real_of(agreement) * scale))
                throw std::runtime_error(
                    fmt::format("{}:{}: the formula and the code differ{}\n    at    {}\n    note  {}\n    code  {}",
                                document_.note.path.string(), formula.where.line,
                                code.size() > 1 ? fmt::format(" in entry {}", i + 1) : "", describe(rough), text(note),
                                text(code[i])));
            const auto exact = static_cast<double>(note);
            const double error = static_cast<double>(abs(Real(code_in_double[i]) - note));
            if (!(error <= std::max(binding_.digits_in_double * std::fabs(exact), vanishing)))
                throw std::runtime_error(fmt::format(
                    "{}:{}: the code in double is far from the formula\n    at    {}\n    "
                    "note  {}\n    code  {}",
                    document_.note.path.string(), formula.where.line, describe(rough), text(note), code_in_double[i]));
            const double unit = std::fabs(exact) > 0 ? std::ldexp(1.0, std::ilogb(exact) - 52) : 0;
            const double ulps = unit > 0 ? error / unit : (error > 0 ? std::numeric_limits<double>::infinity() : 0);
            if (ulps > result.worst_ulps) {
                result.worst_ulps = ulps;
                result.worst_at = describe(rough);
            }
        }
    }

    static std::string text(const Real& x) { return x.str(25, std::ios_base::fmtflags{}); }

    static std::string describe(const Arguments<double>& arguments) {
        std::string line;
        for (const auto& [name, values] : arguments) {
            if (values.entries.size() == 1)
                line += fmt::format("{}{} = {}", line.empty() ? "" : ", ", name, values.entries[0]);
            else if (values.entries.size() <= 5)
                line += fmt::format("{}{} = ({})", line.empty() ? "" : ", ", name, fmt::join(values.entries, ", "));
        }
        return line;
    }
};

// "Any smooth function" of a note is tanh where it is compared with the code.
void make_concrete(std::vector<Symbol>& symbols, const Document& document) {
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
}

TieResult compare_one(const Document& document, const std::vector<Symbol>& all_symbols, const Binding& binding) {
    TieResult result{.note = binding.note, .tag = binding.tag, .left = binding.left, .worst_at = {}, .message = {}};
    try {
        for (const auto& sizes : choices_of_sizes(document, all_symbols)) {
            auto symbols = all_symbols;
            make_concrete(symbols, document);
            Comparison(document, std::move(symbols), binding, sizes).run(result);
        }
        result.holds = result.comparisons >= points_compared / 2;
        if (!result.holds) result.message = fmt::format("{} points could be compared", result.comparisons);
    } catch (const std::exception& error) {
        result.message = error.what();
    }
    return result;
}

}  // namespace

std::vector<TieResult> compare_with_code(Library& library, const std::filesystem::path& derivations,
                                         const std::string& note) {
    std::vector<TieResult> results;
    for (const auto& binding : bindings()) {
        if (!binding.note.starts_with(note)) continue;
        try {
            const Document& document = library.read(derivations / (binding.note + ".md"));
            results.push_back(compare_one(document, library.symbols(), binding));
        } catch (const NoteError& error) {  // a case without a note
            results.push_back({.note = binding.note,
                               .tag = binding.tag,
                               .left = binding.left,
                               .worst_at = {},
                               .message = error.what()});
        }
    }
    return results;
}

bool code_rejects(const Document& document, const std::vector<Symbol>& changed,
                  const std::filesystem::path& derivations) {
    static const std::vector<Binding> all = bindings();
    const auto note = document.note.path.lexically_relative(derivations).replace_extension().generic_string();
    return std::any_of(all.begin(), all.end(), [&](const Binding& binding) {
        return binding.note == note && !compare_one(document, changed, binding).holds;
    });
}

std::vector<TieResult> compare_with_code(Library& library, const std::filesystem::path& derivations) {
    return compare_with_code(library, derivations, "");
}

}  // namespace gradproof::notes
