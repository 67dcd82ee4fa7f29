// SPDX-License-Identifier: MIT
#include "notes/graph/side_conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "notes/graph/graph_text.hpp"

namespace gradproof::notes {
namespace {

constexpr std::size_t most_contexts = 1000;
constexpr std::size_t most_visits = 200'000;

/// What a node stands under.
struct Context {
    std::vector<Guard> guards;
    std::vector<NodeId> cuts;      // what it is differentiated by
    bool has_more_guards = false;  // there are too many to be kept
    friend auto operator<=>(const Context&, const Context&) = default;
};

/// The least and the greatest value of something that is whole.
struct WholeRange {
    long least;
    long greatest;
};

constexpr long largest_whole = 1'000'000;  // beyond, no exponent is looked at

std::optional<WholeRange> bounded(long least, long greatest) {
    if (least < -largest_whole || greatest > largest_whole) return std::nullopt;
    return WholeRange{least, greatest};
}

std::optional<WholeRange> whole(const std::string& digits) {
    const auto size = digits.starts_with('-') ? digits.substr(1) : digits;
    if (size.empty() || size.size() > 6 || size.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    const long value = std::stol(digits);
    return WholeRange{value, value};
}

std::optional<WholeRange> product(const WholeRange& a, const WholeRange& b) {
    const auto [least, greatest] =
        std::minmax({a.least * b.least, a.least * b.greatest, a.greatest * b.least, a.greatest * b.greatest});
    return bounded(least, greatest);
}

class Collector {
  public:
    Collector(const Graph& graph, const std::vector<Symbol>& symbols, const Question& question)
        : graph_(graph), symbols_(symbols), question_(question) {}

    std::vector<SideCondition> collect() {
        for (const auto& instance : question_.instances)
            for (const NodeId side : {instance.left, instance.right}) open_.emplace_back(side, number_of({}));
        while (!open_.empty()) {
            const auto [node, context] = open_.back();
            open_.pop_back();
            if (seen_.contains({node, 0}) || !seen_.emplace(node, context).second) continue;
            visit(node, context);
        }
        return std::move(found_);
    }

  private:
    const Graph& graph_;
    const std::vector<Symbol>& symbols_;
    const Question& question_;
    std::vector<Context> contexts_;
    std::map<Context, std::size_t> numbers_;
    std::vector<std::pair<NodeId, std::size_t>> open_;
    std::set<std::pair<NodeId, std::size_t>> seen_;
    std::map<std::pair<Need, NodeId>, std::vector<std::size_t>> places_;  // in found_
    std::vector<SideCondition> found_;

    std::size_t number_of(Context context) {
        const bool are_too_many = contexts_.size() >= most_contexts || seen_.size() >= most_visits;
        if (are_too_many && !numbers_.contains(context)) context = {.guards = {}, .cuts = {}, .has_more_guards = true};
        const auto [at, is_new] = numbers_.try_emplace(context, contexts_.size());
        if (is_new) contexts_.push_back(context);
        return at->second;
    }

    void visit(NodeId id, std::size_t number) {
        const GraphNode& node = graph_[id];
        const Context context = contexts_[number];
        needs_of(id, context);
        if (node.operation == Operation::cases) {
            Context below = context;
            for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
                const NodeId condition = node.children[i + 1];
                open_.emplace_back(condition, number_of(below));
                Context inside = below;
                if (graph_[condition].operation != Operation::otherwise) inside.guards.push_back({condition, true});
                open_.emplace_back(node.children[i], number_of(inside));
                below.guards.push_back({condition, false});
            }
            return;
        }
        if (node.operation == Operation::derivative) {
            Context inside = context;
            inside.cuts.push_back(node.children[1]);
            open_.emplace_back(node.children[0], number_of(inside));
            open_.emplace_back(node.children[1], number);
            return;
        }
        for (const NodeId child : node.children) open_.emplace_back(child, number);
    }

    void needs_of(NodeId id, const Context& context) {
        const GraphNode& node = graph_[id];
        if (node.operation == Operation::divide) not_zero(node.children[1], id, context);
        if (node.operation == Operation::elementary && node.text == "log")
            add(Need::positive, node.children[0], id, context);
        if (node.operation == Operation::elementary && node.text == "sqrt")
            add(is_differentiated(node.children[0], context) ? Need::positive : Need::not_negative, node.children[0],
                id, context);
        if (node.operation == Operation::power) power(id, context);
    }

    // A product is not 0 if no factor is; a quotient if its top is not, its bottom being looked at by itself.
    void not_zero(NodeId id, NodeId where, const Context& context) {
        const GraphNode& node = graph_[id];
        const auto range = node.operation == Operation::power ? range_of(node.children[1]) : std::nullopt;
        const bool is_exponential =
            (node.operation == Operation::elementary && (node.text == "exp" || node.text == "cosh")) ||
            (node.operation == Operation::power && graph_[node.children[0]].operation == Operation::constant);
        if (is_exponential) return;
        if (node.operation == Operation::multiply) {
            for (const NodeId factor : node.children) not_zero(factor, where, context);
        } else if (node.operation == Operation::negate || node.operation == Operation::divide ||
                   (range && range->least > 0)) {
            not_zero(node.children[0], where, context);
        } else {
            add(Need::not_zero, id, where, context);
        }
    }

    bool is_differentiated(NodeId id, const Context& context) const {
        return context.has_more_guards || std::any_of(context.cuts.begin(), context.cuts.end(),
                                                      [&](NodeId cut) { return graph_.depends(id, cut); });
    }

    void power(NodeId id, const Context& context) {
        const NodeId base = graph_[id].children[0];
        const NodeId exponent = graph_[id].children[1];
        if (graph_[base].operation == Operation::constant) return;
        if (const auto range = range_of(exponent)) {
            if (range->least < 0) not_zero(base, id, context);
            return;
        }
        const bool is_positive_number = graph_[exponent].operation == Operation::number &&
                                        !graph_[exponent].text.starts_with('-') && !is_differentiated(base, context);
        add(is_positive_number ? Need::not_negative : Need::positive, base, id, context);
    }

    // Of an exponent that is known to be whole.
    std::optional<WholeRange> range_of(NodeId id) const {
        const GraphNode& node = graph_[id];
        switch (node.operation) {
            case Operation::number:
                return whole(node.text);
            case Operation::alias:
                return range_of(node.children[0]);
            case Operation::variable:
                return range_of_variable(node);
            case Operation::negate: {
                const auto inner = range_of(node.children[0]);
                return inner ? bounded(-inner->greatest, -inner->least) : std::nullopt;
            }
            case Operation::add:
            case Operation::subtract:
            case Operation::multiply:
                break;
            default:
                return std::nullopt;
        }
        auto result = range_of(node.children[0]);
        for (std::size_t i = 1; i < node.children.size() && result; ++i) {
            const auto next = range_of(node.children[i]);
            if (!next) return std::nullopt;
            if (node.operation == Operation::multiply) {
                result = product(*result, *next);
            } else if (node.operation == Operation::add) {
                result = bounded(result->least + next->least, result->greatest + next->greatest);
            } else {
                result = bounded(result->least - next->greatest, result->greatest - next->least);
            }
        }
        return result;
    }

    std::optional<WholeRange> range_of_variable(const GraphNode& node) const {
        const Domain* domain = &symbols_[static_cast<std::size_t>(node.symbol)].domain;
        for (const auto& [narrowed, values] : question_.narrowed)
            if (narrowed == node.symbol) domain = &values;
        if (domain->kind == Domain::Kind::one_hot) return WholeRange{0, 1};
        if (domain->kind != Domain::Kind::finite) return std::nullopt;
        std::optional<WholeRange> result;
        for (const auto& member : domain->members) {
            const auto value = whole(member);
            if (!value) return std::nullopt;
            result =
                result ? WholeRange{std::min(result->least, value->least), std::max(result->greatest, value->greatest)}
                       : *value;
        }
        return result;
    }

    // Numbers in digits have no need to be looked at.
    bool is_fine(Need need, NodeId id) const {
        const GraphNode& node = graph_[id];
        if (node.operation == Operation::constant) return true;
        if (node.operation != Operation::number) return false;
        const bool is_zero = node.text.find_first_of("123456789") == std::string::npos;
        if (is_zero) return need == Need::not_negative;
        return need == Need::not_zero || !node.text.starts_with('-');
    }

    void add(Need need, NodeId of, NodeId where, const Context& context) {
        if (is_fine(need, of)) return;
        auto& places = places_[{need, of}];
        const bool is_known = std::any_of(places.begin(), places.end(), [&](std::size_t place) {
            const SideCondition& one = found_[place];
            return one.has_more_guards == context.has_more_guards &&
                   (one.guards.empty() || one.guards == context.guards);
        });
        if (is_known) return;
        places.push_back(found_.size());
        found_.push_back({need, of, where, context.guards, context.has_more_guards});
    }
};

}  // namespace

std::vector<SideCondition> side_conditions(const Graph& graph, const std::vector<Symbol>& symbols,
                                           const Question& question) {
    return Collector(graph, symbols, question).collect();
}

std::string text_of(const SideCondition& condition, const Graph& graph, const std::vector<Symbol>& symbols) {
    const auto of = text_of(graph, condition.of, symbols);
    switch (condition.need) {
        case Need::not_zero:
            return of + " \\neq 0";
        case Need::positive:
            return of + " > 0";
        case Need::not_negative:
            break;
    }
    return of + " \\ge 0";
}

namespace {

std::string division_by_zero(const SideCondition& condition, const Graph& graph, const std::vector<Symbol>& symbols) {
    const GraphNode& where = graph[condition.where];
    const NodeId divisor = where.children[where.operation == Operation::divide ? 1 : 0];
    const auto of = text_of(graph, condition.of, symbols);
    const auto zero = of == "0" ? of : of + " = 0";
    const auto text = text_of(graph, condition.where, symbols);
    if (divisor == condition.of) return fmt::format("{} divides by {}", text, zero);
    return fmt::format("{} divides by {}, and {}", text, text_of(graph, divisor, symbols), zero);
}

}  // namespace

std::string failure_of(const SideCondition& condition, const Graph& graph, const std::vector<Symbol>& symbols) {
    const auto of = text_of(graph, condition.of, symbols);
    const auto where = text_of(graph, condition.where, symbols);
    switch (condition.need) {
        case Need::not_zero:
            return division_by_zero(condition, graph, symbols);
        case Need::positive:
            return fmt::format("{} needs {} > 0", where, of);
        case Need::not_negative:
            break;
    }
    return fmt::format("{} needs {} \\ge 0", where, of);
}

}  // namespace gradproof::notes
