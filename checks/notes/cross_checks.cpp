// SPDX-License-Identifier: MIT
#include "notes/cross_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "notes/bindings.hpp"
#include "notes/check.hpp"
#include "notes/engines/points.hpp"
#include "notes/in_parallel.hpp"
#include "notes/reader/tagged_formula.hpp"

namespace gradproof::notes {
namespace {

// Both sides run with 50 digits; formulas that cancel (a - y near a = y, 1 - a near 1) lose some of them.
const char* const agreement = "1e-32";
// Of a whole network no bound is computed: in double it must have half its digits, or 15 decimal places where the value
// vanishes. That is far from a wrong formula, whose error is of the size of the value.
constexpr double half_the_digits = 1e-8;
constexpr double vanishing = 1e-15;
constexpr int points_compared = 40;

template <class S>
Arguments<S> converted(const Arguments<double>& arguments) {
    Arguments<S> result;
    for (const auto& [name, values] : arguments) {
        Values<S> same{values.rows, values.columns, {}};
        for (const double entry : values.entries) same.entries.emplace_back(entry);
        result.emplace(name, std::move(same));
    }
    return result;
}

// As the 50-digit engine takes them: enough digits to be the very double again.
std::vector<std::pair<NodeId, std::string>> in_digits(const GivenValues& given) {
    std::vector<std::pair<NodeId, std::string>> result;
    for (const auto& [node, value] : given)
        result.emplace_back(node, Real(value).str(std::numeric_limits<Real>::max_digits10, std::ios_base::scientific));
    return result;
}

// Up to the next multiple of 2^-10: as_written() must not take a number for the decimal fraction that it is nearest to.
double few_digits(double value) {
    return std::ldexp(std::ceil(std::ldexp(value, 10)), -10);
}

Distance distance_of(double code, const Real& note) {
    const auto exact = static_cast<double>(note);
    const auto error = static_cast<double>(abs(Real(code) - note));
    const double unit = std::fabs(exact) > 0 ? std::ldexp(1.0, std::ilogb(exact) - 52) : 0;
    return {error, unit > 0 ? error / unit : (error > 0 ? std::numeric_limits<double>::infinity() : 0)};
}

class Comparison {
  public:
    Comparison(const Document& document, std::vector<Symbol> symbols, const Binding& binding,
               const DistanceBound& distance, const Sizes& sizes)
        : document_(document),
          symbols_(std::move(symbols)),
          binding_(binding),
          distance_(distance),
          workspace_(symbols_, sizes),
          points_(symbols_) {}

    void run(CrossCheck& result) {
        const TaggedFormula formula = tagged_formula(document_, workspace_, binding_.tag, binding_.left);
        for (int point = 0; point < points_compared; ++point) compare(result, formula, point * 3);
    }

  private:
    const Document& document_;
    std::vector<Symbol> symbols_;
    const Binding& binding_;
    const DistanceBound& distance_;
    Workspace workspace_;
    Points points_;

    int number_of(const Dimension& dimension) const {
        const auto found = workspace_.sizes.find(dimension);
        return found != workspace_.sizes.end() ? found->second : std::stoi(dimension);
    }

    // All free symbols of the note's own table, at one point; in double, so that all sides see the same.
    void arguments_at(int point, Arguments<double>& arguments, GivenValues& given) {
        for (std::size_t id = 0; id < symbols_.size(); ++id) {
            const Symbol& symbol = symbols_[id];
            if (symbol.kind != SymbolKind::variable || symbol.file != document_.note.path.string()) continue;
            Values<double> values{number_of(symbol.shape.rows), number_of(symbol.shape.columns), {}};
            const bool is_parameter = std::find(binding_.parameters.begin(), binding_.parameters.end(), symbol.name) !=
                                      binding_.parameters.end();
            for (int r = 0; r < values.rows; ++r)
                for (int c = 0; c < values.columns; ++c) {
                    GraphNode node;
                    node.operation = Operation::variable;
                    node.symbol = static_cast<int>(id);
                    node.row = r;
                    node.column = c;
                    const auto value = static_cast<double>(points_.value(node, symbol.domain, values.rows, point));
                    values.entries.push_back(is_parameter ? few_digits(value) : value);
                    given.emplace_back(workspace_.graph.add(node), values.entries.back());
                }
            arguments[symbol.name] = std::move(values);
        }
        if (binding_.at_value) cut_at_value(arguments, given);
    }

    // a, which the note computes from z, rounded to double and given as a value of its own: the code takes it so.
    void cut_at_value(Arguments<double>& arguments, GivenValues& given) {
        const auto name = document_.names.find("a");
        if (name == document_.names.end()) throw std::runtime_error("the note defines no value a");
        Tree tree;
        tree.kind = Kind::symbol;
        tree.symbol = name->second;
        const Entries entries = workspace_.expander.entries(tree);
        Values<double> rounded{entries.rows, entries.columns, {}};
        const auto digits = in_digits(given);
        const auto values = workspace_.sampler.values(entries.nodes, digits);
        const auto code = binding_.value(converted<Real>(arguments));
        if (code.size() != entries.nodes.size())
            throw std::runtime_error("the note's a has another size than the code's");
        for (std::size_t i = 0; i < entries.nodes.size(); ++i) {
            const NodeId node = entries.nodes[i];
            if (!values[i]) throw std::domain_error("the note's a has no value");
            const Real note = real_of(*values[i]);
            if (!(abs(code[i] - note) <= real_of(agreement) * (1 + abs(note))))
                throw std::runtime_error(
                    fmt::format("{}: the note's a is not the code's activation\n    at    {}\n    note  {}\n"
                                "    code  {}",
                                document_.note.path.string(), describe(arguments), text(note), text(code[i])));
            rounded.entries.push_back(static_cast<double>(note));
            given.emplace_back(node, rounded.entries.back());
        }
        arguments["a"] = std::move(rounded);
    }

    void compare(CrossCheck& result, const TaggedFormula& formula, int point) {
        Arguments<double> arguments;
        GivenValues given;
        arguments_at(point, arguments, given);
        const auto digits = in_digits(given);
        const auto code = binding_.precisely(converted<Real>(arguments));
        const auto code_in_double = binding_.in_double(arguments);
        std::vector<Rounded> bounds;
        if (binding_.with_bound) bounds = binding_.with_bound(converted<Rounded>(arguments));
        if (code.size() != formula.entries.size())
            throw std::runtime_error(fmt::format("{}:{}: the formula has {} entries, the code {}",
                                                 document_.note.path.string(), formula.where.line,
                                                 formula.entries.size(), code.size()));
        const auto values = workspace_.sampler.values(formula.entries, digits);
        std::vector<std::optional<Distance>> enclosed(code.size());
        if (distance_) enclosed = distance_(workspace_.graph, formula.entries, given, code_in_double);
        for (std::size_t i = 0; i < code.size(); ++i) {
            if (!values[i]) continue;
            const Real note = real_of(*values[i]);
            ++result.comparisons;
            const Real scale = 1 + abs(note);
            if (!(abs(code[i] - note) <= real_of(agreement) * scale))
                throw std::runtime_error(
                    fmt::format("{}:{}: the formula and the code differ{}\n    at    {}\n    note  {}\n    code  {}",
                                document_.note.path.string(), formula.where.line,
                                code.size() > 1 ? fmt::format(" in entry {}", i + 1) : "", describe(arguments),
                                text(note), text(code[i])));
            const Distance distance = distance_from(note, code_in_double[i], enclosed[i], result);
            const double allowed = bounds.empty()
                                       ? std::max(half_the_digits * std::fabs(static_cast<double>(note)), vanishing)
                                       : bounds[i].error();
            if (!(distance.absolute <= allowed))
                throw std::runtime_error(
                    fmt::format("{}:{}: the code in double is farther from the formula than its roundings allow\n"
                                "    at       {}\n    note     {}\n    code     {}\n    allowed  {:.2e}",
                                document_.note.path.string(), formula.where.line, describe(arguments), text(note),
                                code_in_double[i], allowed));
            if (allowed > 0) result.worst_share = std::max(result.worst_share, distance.absolute / allowed);
            if (distance.ulps > result.worst_ulps) {
                result.worst_ulps = distance.ulps;
                result.worst_at = describe(arguments);
            }
        }
    }

    // By a ball where there is one. The two ways must agree: they share neither numbers nor differentiation.
    Distance distance_from(const Real& note, double code, const std::optional<Distance>& enclosed,
                           CrossCheck& result) const {
        const Distance with_digits = distance_of(code, note);
        if (!enclosed) return with_digits;
        ++result.enclosed;
        const double tiny = 1e-30 * (1 + std::fabs(static_cast<double>(note)));
        if (!(std::fabs(enclosed->absolute - with_digits.absolute) <= 1e-6 * with_digits.absolute + tiny))
            throw std::runtime_error(
                fmt::format("{}: the 50 digits and the ball give different values: the distances {} and {}",
                            document_.note.path.string(), with_digits.absolute, enclosed->absolute));
        return *enclosed;
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

CrossCheck compare_one(const Document& document, const std::vector<Symbol>& all_symbols, const Binding& binding,
                       const DistanceBound& distance) {
    CrossCheck result{.note = binding.note, .tag = binding.tag, .left = binding.left, .worst_at = {}, .message = {}};
    try {
        for (const auto& sizes : choices_of_sizes(document, all_symbols)) {
            Comparison(document, with_tanh(all_symbols, document), binding, distance, sizes).run(result);
        }
        result.holds = result.comparisons >= points_compared / 2;
        if (!result.holds) result.message = fmt::format("{} points could be compared", result.comparisons);
    } catch (const std::exception& error) {
        result.message = error.what();
    }
    return result;
}

}  // namespace

std::vector<CrossCheck> compare_with_code(Library& library, const std::filesystem::path& derivations,
                                          const std::vector<Binding>& bindings, const DistanceBound& distance) {
    std::vector<CrossCheck> results;
    std::vector<const Document*> documents;
    for (const auto& binding : bindings) {
        CrossCheck result{
            .note = binding.note, .tag = binding.tag, .left = binding.left, .worst_at = {}, .message = {}};
        try {
            documents.push_back(&library.read(derivations / (binding.note + ".md")));
        } catch (const NoteError& error) {  // a case without a note
            documents.push_back(nullptr);
            result.message = error.what();
        }
        results.push_back(std::move(result));
    }
    in_parallel(bindings.size(), 0, [&](std::size_t n) {
        if (documents[n] != nullptr) results[n] = compare_one(*documents[n], library.symbols(), bindings[n], distance);
    });
    return results;
}

std::vector<CrossCheck> compare_with_code(Library& library, const std::filesystem::path& derivations,
                                          const std::string& note, const DistanceBound& distance) {
    auto chosen = bindings();
    std::erase_if(chosen, [&](const Binding& binding) { return !binding.note.starts_with(note); });
    return compare_with_code(library, derivations, chosen, distance);
}

bool code_rejects(const Document& document, const std::vector<Symbol>& changed,
                  const std::filesystem::path& derivations) {
    static const std::vector<Binding> all = bindings();
    const auto note = document.note.path.lexically_relative(derivations).replace_extension().generic_string();
    return std::any_of(all.begin(), all.end(), [&](const Binding& binding) {
        return binding.note == note && !compare_one(document, changed, binding, {}).holds;
    });
}

}  // namespace gradproof::notes
