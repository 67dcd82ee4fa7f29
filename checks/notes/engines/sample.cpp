// SPDX-License-Identifier: MIT
#include "notes/engines/sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "notes/engines/bounded_real.hpp"
#include "notes/engines/point_values.hpp"
#include "notes/engines/points.hpp"
#include "notes/engines/resemblance.hpp"
#include "notes/engines/undefined_point.hpp"
#include "notes/engines/work.hpp"
#include "notes/graph/differentiate.hpp"
#include "notes/graph/graph_text.hpp"
#include "notes/graph/side_conditions.hpp"

namespace gradproof::notes {
namespace {

constexpr int points_needed = 64;
constexpr int cost_of_function = 20;           // of exp and its like, in multiplications
constexpr std::size_t most_cells = 1'000'000;  // values that are kept for other claims: 80 MB

std::string digits(const Real& x, int count = 19) {
    return x.str(count, std::ios_base::fmtflags{});
}

}  // namespace

class Sampler::Impl {
  public:
    Impl(Graph& graph, const std::vector<Symbol>& symbols)
        : graph_(graph), symbols_(symbols), points_(symbols), differentiator_(graph) {}

    Verdict decide(const Question& asked, bool stop_at_first, Work& work) {
        const Prepared prepared = prepare(asked, work);
        const Question& question = prepared.question;
        Verdict verdict;
        std::vector<int> counts(question.instances.size());
        int differing = 0;
        double worst = 0;  // relative error bound
        for (int n = 0; n < prepared.points; ++n) {
            const int point = (n + number_of_points / 2) % number_of_points;  // scattered ones refute soonest
            work.spend(prepared.cost);
            Table& table = values_at(prepared, point);
            if (!meets_conditions(prepared, table, point)) continue;
            if (const Requirement* failing = failing_requirement(prepared, table, point)) {
                verdict.status = Status::refuted;
                if (!stop_at_first) verdict = undefined(prepared, table, *failing);
                return verdict;
            }
            for (std::size_t i = 0; i < question.instances.size(); ++i) {
                const Instance& instance = question.instances[i];
                const BoundedReal left = evaluate(instance.left, prepared, table, point);
                const BoundedReal right = evaluate(instance.right, prepared, table, point);
                const bool left_is_absent = left.state == BoundedReal::State::absent;
                const bool right_is_absent = right.state == BoundedReal::State::absent;
                const bool one_is_absent = (left.exists() && right_is_absent) || (right.exists() && left_is_absent);
                if (one_is_absent || (left_is_absent && right_is_absent)) {
                    verdict.status = Status::refuted;
                    if (stop_at_first) return verdict;
                    verdict.witness = witness(prepared, table, i, left, right);
                    if (one_is_absent) verdict.detail = "one side has a value there, the other has none";
                    if (!one_is_absent) verdict.witness->no_value = "neither side has a value there";
                    return verdict;
                }
                if (!left.exists() || !right.exists()) continue;
                const auto [fails, differs, told] = compare(question.relation, instance, left, right, worst);
                differing += differs ? 1 : 0;
                counts[i] += told ? 1 : 0;
                if (fails) {
                    verdict.status = Status::refuted;
                    if (!stop_at_first) verdict.witness = witness(prepared, table, i, left, right);
                    return verdict;
                }
            }
        }
        if (const auto found = zero_between_points(prepared, work)) {
            const auto& [table, failing] = *found;
            verdict.status = Status::refuted;
            if (!stop_at_first) verdict = undefined(prepared, table, *failing);
            return verdict;
        }
        const int counted = counts.empty() ? 0 : *std::min_element(counts.begin(), counts.end());
        const int digits_kept = worst > 0 ? std::clamp(static_cast<int>(-std::log10(worst)), 0, 50) : 50;
        if (question.relation == Relation::not_equal) {
            verdict.status = differing > 0 ? Status::sampled : Status::refuted;
            verdict.detail = differing > 0 ? fmt::format("differs at {} of {} points", differing, counted)
                                           : "no point was found where the two sides differ";
            return verdict;
        }
        const int needed = prepared.variables.empty() ? 1 : points_needed;
        const bool enough = counted >= needed;
        verdict.status = enough ? Status::sampled : Status::undecided;
        verdict.detail = prepared.variables.empty() && enough
                             ? fmt::format("no free symbol, {} digits", digits_kept)
                             : fmt::format("{} points, {} digits", counted, digits_kept);
        if (!enough)
            verdict.detail = fmt::format(
                "only {} of {} points could be told (a value does not exist, lies on a kink, or "
                "meets no condition)",
                counted, prepared.points);
        return verdict;
    }

    std::string looks_like(const Question& asked, std::size_t number,
                           const std::vector<std::pair<std::string, NodeId>>& parts) {
        Question one = asked;
        one.instances = {asked.instances.at(number)};
        Work work(asked.work);
        const Prepared prepared = prepare(one, work);
        const Instance& instance = prepared.question.instances.front();
        std::vector<std::vector<Real>> rows;  // left, right, parts
        for (int point = number_of_points / 2; point < number_of_points && rows.size() < 6; ++point) {
            Table& table = values_at(prepared, point);
            if (!meets_conditions(prepared, table, point)) continue;
            const BoundedReal left = evaluate(instance.left, prepared, table, point);
            const BoundedReal right = evaluate(instance.right, prepared, table, point);
            if (!left.exists() || !right.exists()) continue;
            std::vector<Real> row{left.x, right.x};
            bool complete = true;
            for (const auto& [name, node] : parts) {
                const BoundedReal part = evaluate(differentiator_.without_derivatives(node), prepared, table, point);
                row.push_back(part.exists() ? part.x : Real(0));
                complete = complete && part.exists();
            }
            if (complete) rows.push_back(std::move(row));
        }
        if (rows.empty()) return {};
        return resemblance(rows, parts, asked.sizes);
    }

    std::vector<std::optional<std::string>> values(const std::vector<NodeId>& nodes,
                                                   const std::vector<std::pair<NodeId, std::string>>& variables) {
        const Prepared prepared;
        Table table;
        for (const auto& [id, text] : variables) {
            table.resize(std::max(table.size(), static_cast<std::size_t>(id) + 1));
            table.set(static_cast<std::size_t>(id), known(real_of(text), 0));
        }
        std::vector<std::optional<std::string>> found;
        for (const NodeId node : nodes) {
            const BoundedReal value = evaluate(differentiator_.without_derivatives(node), prepared, table, 0);
            found.emplace_back();
            if (value.exists())
                found.back() = value.x.str(std::numeric_limits<Real>::max_digits10, std::ios_base::scientific);
        }
        return found;
    }

    void shrink(std::size_t size) {
        differentiator_.shrink(size);
        for (auto& [key, tables] : tables_)
            for (auto& table : tables)
                if (table.size() > size) {
                    cells_ -= table.size() - size;
                    table.resize(size);
                }
    }

  private:
    using Table = PointValues;

    struct Requirement {
        SideCondition condition;
        NodeId of = -1;  // without derivatives, as the guards are
        std::vector<Guard> guards;
        bool is_continuous = false;  // as far as it has values
        std::set<int> symbols;       // that it is about
    };

    struct Prepared {
        Question question;              // without derivatives
        std::map<int, Domain> domains;  // that differ from the declared ones
        std::string key;                // of these domains
        std::vector<NodeId> variables;
        std::vector<Requirement> requirements;
        int points = number_of_points;
        double cost = 0;  // of one point
    };

    Graph& graph_;
    const std::vector<Symbol>& symbols_;
    Points points_;
    Differentiator differentiator_;
    std::map<std::string, std::vector<Table>> tables_;
    std::size_t cells_ = 0;  // in all tables
    Table alone_;            // of a graph that is too large to keep all points

    Prepared prepare(const Question& asked, Work& work) {
        Prepared prepared;
        const std::size_t size_before = graph_.size();
        prepared.question = asked;
        std::set<NodeId> seen;
        std::vector<NodeId> stack;
        const auto resolve = [&](NodeId& node) {
            node = differentiator_.without_derivatives(node);
            stack.push_back(node);
        };
        for (auto& instance : prepared.question.instances) {
            resolve(instance.left);
            resolve(instance.right);
        }
        for (auto& condition : prepared.question.conditions) {
            resolve(condition.left);
            resolve(condition.right);
        }
        for (auto& condition : side_conditions(graph_, symbols_, asked)) {
            if (condition.has_more_guards) continue;
            Requirement one;
            one.of = condition.of;
            resolve(one.of);
            one.guards = condition.guards;
            for (auto& guard : one.guards) resolve(guard.condition);
            one.condition = std::move(condition);
            one.is_continuous = true;
            for (const NodeId id : below({one.of})) {
                const auto operation = graph_[id].operation;
                if (operation == Operation::variable) one.symbols.insert(graph_[id].symbol);
                one.is_continuous = one.is_continuous && operation != Operation::cases;
            }
            prepared.requirements.push_back(std::move(one));
        }
        bool opaque = false;
        while (!stack.empty()) {
            const NodeId id = stack.back();
            stack.pop_back();
            if (!seen.insert(id).second) continue;
            if (graph_[id].operation == Operation::variable) prepared.variables.push_back(id);
            opaque = opaque || graph_[id].operation == Operation::opaque;
            prepared.cost += cost_of(graph_[id]);
            stack.insert(stack.end(), graph_[id].children.begin(), graph_[id].children.end());
        }
        work.spend(static_cast<double>(seen.size() + graph_.size() - size_before));
        std::sort(prepared.variables.begin(), prepared.variables.end());
        if (prepared.variables.empty() && !opaque) prepared.points = 1;
        for (const auto& [symbol, domain] : asked.narrowed) prepared.domains[symbol] = domain;
        for (const auto& condition : prepared.question.conditions) narrow(prepared, condition);
        for (const auto& [symbol, domain] : prepared.domains) {
            prepared.key += fmt::format("{}:{}{},{}{}", symbol, domain.closed_below ? '[' : '(', domain.lower,
                                        domain.upper, domain.closed_above ? ']' : ')');
            for (const auto& member : domain.members) prepared.key += " " + member;
            prepared.key += ';';
        }
        return prepared;
    }

    static double cost_of(const GraphNode& node) {
        switch (node.operation) {
            case Operation::elementary:
            case Operation::power:
            case Operation::opaque:
                return cost_of_function;
            default:
                return static_cast<double>(1 + node.children.size());
        }
    }

    // z > 0 as a condition: sample there, instead of waiting for points that happen to lie there.
    void narrow(Prepared& prepared, const Condition& condition) {
        const auto is_free_number = [&](NodeId node) {
            return graph_[node].operation == Operation::variable &&
                   symbols_[static_cast<std::size_t>(graph_[node].symbol)].shape.is_number();
        };
        const bool variable_left = is_free_number(condition.left);
        if (variable_left == is_free_number(condition.right)) return;
        const NodeId variable = variable_left ? condition.left : condition.right;
        const NodeId bound = variable_left ? condition.right : condition.left;
        if (std::any_of(prepared.variables.begin(), prepared.variables.end(),
                        [&](NodeId v) { return graph_.depends(bound, v); }))
            return;
        Table table;
        const BoundedReal value = evaluate(bound, Prepared{}, table, 0);
        if (!value.exists()) return;
        const int symbol = graph_[variable].symbol;
        auto found = prepared.domains.find(symbol);
        Domain domain =
            found == prepared.domains.end() ? symbols_[static_cast<std::size_t>(symbol)].domain : found->second;
        if (domain.kind != Domain::Kind::interval) return;
        using enum Relation;
        const bool strict = condition.relation == less || condition.relation == greater;
        const bool below = condition.relation == less || condition.relation == less_equal;
        const bool above = condition.relation == greater || condition.relation == greater_equal;
        if (!below && !above) return;
        const bool bounded_above = below == variable_left;
        const auto text = value.x.str(45, std::ios_base::fmtflags{});
        if (bounded_above && (domain.upper.empty() || real_of(domain.upper) > value.x)) {
            domain.upper = text;
            domain.closed_above = !strict;
        } else if (!bounded_above && (domain.lower.empty() || real_of(domain.lower) < value.x)) {
            domain.lower = text;
            domain.closed_below = !strict;
        }
        if (!domain.lower.empty() && !domain.upper.empty() && real_of(domain.lower) > real_of(domain.upper)) return;
        prepared.domains[symbol] = domain;
    }

    Table& values_at(const Prepared& prepared, int point) {
        const std::size_t size = graph_.size();
        if (size * static_cast<std::size_t>(number_of_points) > most_cells) {
            alone_ = Table(size);
            return alone_;
        }
        if (cells_ + size > most_cells) {
            tables_.clear();
            cells_ = 0;
        }
        auto& tables = tables_[prepared.key];
        if (tables.empty()) tables.resize(static_cast<std::size_t>(number_of_points));
        Table& table = tables[static_cast<std::size_t>(point)];
        if (table.size() < size) {
            cells_ += size - table.size();
            table.resize(size);
        }
        return table;
    }

    bool meets_conditions(const Prepared& prepared, Table& table, int point) {
        return std::all_of(
            prepared.question.conditions.begin(), prepared.question.conditions.end(), [&](const auto& one) {
                const BoundedReal left = evaluate(one.left, prepared, table, point);
                const BoundedReal right = evaluate(one.right, prepared, table, point);
                return left.exists() && right.exists() && holds(one.relation, left, right).value_or(false);
            });
    }

    // Whether a side condition is asked for at a point and certainly does not hold.
    bool fails(const Requirement& one, const Prepared& prepared, Table& table, int point) {
        if (!is_asked(one, prepared, table, point)) return false;
        const BoundedReal value = evaluate(one.of, prepared, table, point);
        switch (one.condition.need) {
            case Need::not_zero:
                return is_zero(value);
            case Need::positive:
                return is_zero(value) || sign_of(value) < 0;
            case Need::not_negative:
                break;
        }
        return sign_of(value) < 0;
    }

    bool is_asked(const Requirement& one, const Prepared& prepared, Table& table, int point) {
        return std::all_of(one.guards.begin(), one.guards.end(), [&](const Guard& guard) {
            return evaluate(guard.condition, prepared, table, point).state ==
                   (guard.holds ? BoundedReal::State::yes : BoundedReal::State::no);
        });
    }

    // 0 where it cannot be told.
    static int sign_of(const BoundedReal& value) {
        if (!value.exists() || !(size_of(value.x) > value.error)) return 0;
        return value.x < 0 ? -1 : 1;
    }

    // The first side condition that certainly does not hold at a point.
    const Requirement* failing_requirement(const Prepared& prepared, Table& table, int point) {
        const auto found = std::find_if(prepared.requirements.begin(), prepared.requirements.end(),
                                        [&](const Requirement& one) { return fails(one, prepared, table, point); });
        return found == prepared.requirements.end() ? nullptr : &*found;
    }

    Verdict undefined(const Prepared& prepared, const Table& table, const Requirement& failing) const {
        std::vector<NodeId> involved{failing.of};
        for (const auto& guard : failing.guards) involved.push_back(guard.condition);
        return undefined_at(point_of(prepared, table, involved), failing.condition, graph_, symbols_);
    }

    // A divisor that is continuous and has both signs is 0 in between: x - 7 is, though no point of ours has x = 7. The
    // values there, and the divisor that is 0.
    std::optional<std::pair<Table, const Requirement*>> zero_between_points(const Prepared& prepared, Work& work) {
        for (const auto& one : prepared.requirements) {
            if (one.condition.need != Need::not_zero || !one.is_continuous) continue;
            std::optional<int> negative;
            for (int n = 0; n < prepared.points; ++n) {
                const int point = (n + number_of_points / 2) % number_of_points;
                Table& table = values_at(prepared, point);
                if (!meets_conditions(prepared, table, point) || !is_asked(one, prepared, table, point)) continue;
                const int sign = sign_of(evaluate(one.of, prepared, table, point));
                if (sign < 0 && !negative) negative = point;
                if (sign <= 0 || !negative) continue;
                if (auto found = zero_between(one, prepared, *negative, point, work)) return std::pair(*found, &one);
                break;
            }
        }
        return std::nullopt;
    }

    // By bisection of the segment between two points: domains are convex, but for finite ones, whose values must agree.
    std::optional<Table> zero_between(const Requirement& one, const Prepared& prepared, int negative, int positive,
                                      Work& work) {
        constexpr int halvings = 170;  // to 50 digits
        constexpr double zero = 1e-40;
        const auto values_of_variables = [&](int point) {
            Table table = values_at(prepared, point);
            for (const NodeId id : prepared.variables) evaluate(id, prepared, table, point);
            return table;
        };
        const Table low = values_of_variables(negative);
        const Table high = values_of_variables(positive);
        const auto value = [](const Table& table, NodeId id) -> const Real& {
            return table[static_cast<std::size_t>(id)].x;
        };
        const auto moves = [&](NodeId id) { return one.symbols.contains(graph_[id].symbol); };
        for (const NodeId id : prepared.variables) {
            const auto& symbol = symbols_[static_cast<std::size_t>(graph_[id].symbol)];
            const auto kind = domain_of(symbol, graph_[id].symbol, prepared).kind;
            const bool is_finite = kind == Domain::Kind::finite || kind == Domain::Kind::one_hot;
            if (moves(id) && is_finite && value(low, id) != value(high, id)) return std::nullopt;
        }
        const auto between = [&](const Real& share) {
            work.spend(prepared.cost);
            Table table(graph_.size());
            for (const NodeId id : prepared.variables) {
                const Real& from = value(low, id);
                const Real way = moves(id) ? Real(value(high, id) - from) : Real(0);
                table.set(static_cast<std::size_t>(id), exactly(Real(from + share * way)));
            }
            return table;
        };
        Real below = 0;
        Real above = 1;
        for (int n = 0; n < halvings; ++n) {
            const Real middle = (below + above) / 2;
            Table table = between(middle);
            (sign_of(evaluate(one.of, prepared, table, negative)) < 0 ? below : above) = middle;
        }
        Table table = between(above);
        const BoundedReal there = evaluate(one.of, prepared, table, negative);
        const bool is_zero_there = there.exists() && size_of(there.x) < zero;  // and not where it leaps
        if (!is_zero_there || !meets_conditions(prepared, table, negative) || !is_asked(one, prepared, table, negative))
            return std::nullopt;
        // A condition such as x \neq 7 that all but fails does fail at the very point.
        const auto& given = prepared.question.conditions;
        const bool are_clear =
            std::all_of(given.begin(), given.end(),
                        [&](const Condition& each) { return is_apart(each.left, each.right, table); }) &&
            std::all_of(one.guards.begin(), one.guards.end(),
                        [&](const Guard& guard) { return is_clear(guard.condition, table); });
        return are_clear ? std::optional(table) : std::nullopt;
    }

    // Whether two nodes that are computed are the same one, or further apart than a bisection leaves a point from where
    // it should be.
    static bool is_apart(NodeId left, NodeId right, const Table& table) {
        const BoundedReal& a = table[static_cast<std::size_t>(left)];
        const BoundedReal& b = table[static_cast<std::size_t>(right)];
        return left == right || (a.exists() && b.exists() && size_of(Real(a.x - b.x)) > 1e-20);
    }

    bool is_clear(NodeId condition, const Table& table) const {
        const GraphNode& node = graph_[condition];
        if (node.operation == Operation::compare) return is_apart(node.children[0], node.children[1], table);
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](NodeId child) { return is_clear(child, table); });
    }

    struct Comparison {
        bool fails = false;
        bool differs = false;
        bool told = false;
    };

    static Comparison compare(Relation relation, const Instance& instance, const BoundedReal& left,
                              const BoundedReal& right, double& worst) {
        Comparison result;
        const Real difference = left.x - right.x;
        const double distance = size_of(difference);
        const double errors = left.error + right.error;
        const double scale = std::max(size_of(left.x), size_of(right.x));
        // Worth something: 15 digits of the value, or 30 decimal places where it vanishes; sampled values are near 1.
        const bool sharp = errors <= std::max(1e-15 * scale, 1e-30);
        const bool apart = distance > errors;
        result.differs = apart;
        switch (relation) {
            case Relation::equal:
                result.fails = apart;
                result.told = sharp;
                worst = std::max(worst, errors / std::max(scale, 1e-20));
                break;
            case Relation::approximately: {
                const double margin = std::strtod(instance.margin.c_str(), nullptr);
                result.fails = distance > margin * (1 + 1e-12) + errors;
                result.told = errors < margin * 1e-3;
                break;
            }
            case Relation::less:
            case Relation::greater: {
                const bool right_way = relation == Relation::less ? difference < 0 : difference > 0;
                result.fails = (apart && !right_way) || instance.left == instance.right ||
                               (difference == 0 && errors <= 8 * smallest);
                result.told = apart && right_way;
                break;
            }
            case Relation::less_equal:
            case Relation::greater_equal: {
                const bool right_way = relation == Relation::less_equal ? difference < 0 : difference > 0;
                result.fails = apart && !right_way;
                result.told = sharp || (apart && right_way);
                break;
            }
            default:
                result.told = sharp || apart;
                break;
        }
        return result;
    }

    Witness witness(const Prepared& prepared, const Table& table, std::size_t number, const BoundedReal& left,
                    const BoundedReal& right) {
        const Instance& instance = prepared.question.instances[number];
        Witness found = point_of(prepared, table, {instance.left, instance.right});
        found.instance = number;
        found.label = instance.label;
        found.left = left.exists() ? digits(left.x) : "no value";
        found.right = right.exists() ? digits(right.x) : "no value";
        if (left.exists() && right.exists()) found.difference = digits(right.x - left.x);
        return found;
    }

    // The values at a point of the variables that these nodes are computed from.
    Witness point_of(const Prepared& prepared, const Table& table, const std::vector<NodeId>& nodes) const {
        Witness found;
        const std::set<NodeId> involved = below(nodes);
        for (const NodeId id : prepared.variables) {
            if (!involved.contains(id)) continue;
            const GraphNode& node = graph_[id];
            found.point.emplace_back(
                name_of_entry(symbols_[static_cast<std::size_t>(node.symbol)], node.row, node.column),
                digits(table[static_cast<std::size_t>(id)].x, 10));
        }
        return found;
    }

    // The nodes that these are computed from, themselves included.
    std::set<NodeId> below(std::vector<NodeId> open) const {
        std::set<NodeId> found;
        while (!open.empty()) {
            const NodeId id = open.back();
            open.pop_back();
            if (!found.insert(id).second) continue;
            open.insert(open.end(), graph_[id].children.begin(), graph_[id].children.end());
        }
        return found;
    }

    // All values that `root` needs, bottom-up.
    BoundedReal evaluate(NodeId root, const Prepared& prepared, Table& table, int point) {
        if (table.size() < graph_.size()) table.resize(graph_.size());
        const auto at = [&](NodeId id) -> const BoundedReal& { return table[static_cast<std::size_t>(id)]; };
        std::vector<NodeId> stack{root};
        while (!stack.empty()) {
            const NodeId id = stack.back();
            if (at(id).state != BoundedReal::State::unknown) {
                stack.pop_back();
                continue;
            }
            bool ready = true;
            for (const NodeId child : graph_[id].children)
                if (at(child).state == BoundedReal::State::unknown) {
                    stack.push_back(child);
                    ready = false;
                }
            if (!ready) continue;
            table.set(static_cast<std::size_t>(id), compute(graph_[id], prepared, table, point));
            stack.pop_back();
        }
        return at(root);
    }

    BoundedReal compute(const GraphNode& node, const Prepared& prepared, const Table& table, int point) {
        const auto child = [&](std::size_t i) -> const BoundedReal& {
            return table[static_cast<std::size_t>(node.children[i])];
        };
        if (node.operation == Operation::cases) return cases(node, table);
        bool is_absent = false;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (child(i).state == BoundedReal::State::none) return none();
            is_absent = is_absent || child(i).state == BoundedReal::State::absent;
        }
        if (is_absent) return absent();
        switch (node.operation) {
            case Operation::number: {
                Real x = real_of(node.text);
                // A whole number, or one of halves, quarters, ..., is exact: with k decimals, a multiple of 2^-k.
                const auto dot = node.text.find('.');
                const auto decimals = dot == std::string::npos ? 0 : node.text.size() - dot - 1;
                const Real scaled = ldexp(x, static_cast<int>(decimals));
                const bool is_exact = node.text.size() < 40 && round(scaled) == scaled;
                return is_exact ? exactly(std::move(x)) : rounded(std::move(x), 0);
            }
            case Operation::constant:
                return rounded(
                    node.text == "pi" ? boost::math::constants::pi<Real>() : boost::math::constants::e<Real>(),
                    roundoff);
            case Operation::variable: {
                const Symbol& symbol = symbols_[static_cast<std::size_t>(node.symbol)];
                const Domain& domain = domain_of(symbol, node.symbol, prepared);
                return exactly(points_.value(node, domain, rows_of(symbol, prepared), point));
            }
            case Operation::alias:
                return child(0);
            case Operation::derivative:
                return node.children.size() == 3 ? child(2) : none();
            case Operation::add: {
                BoundedReal sum = child(0);
                for (std::size_t i = 1; i < node.children.size(); ++i) sum = plus(sum, child(i));
                return sum;
            }
            case Operation::subtract:
                return minus(child(0), child(1));
            case Operation::negate:
                return minus(child(0));
            case Operation::multiply: {
                BoundedReal product = child(0);
                for (std::size_t i = 1; i < node.children.size(); ++i) product = times(product, child(i));
                return product;
            }
            case Operation::divide:
                return quotient(child(0), child(1));
            case Operation::power: {
                const GraphNode& base = graph_[node.children[0]];
                return power(child(0), base.operation == Operation::constant && base.text == "e", child(1));
            }
            case Operation::elementary:
                return elementary(node.text, child(0));
            case Operation::maximum:
            case Operation::minimum: {
                BoundedReal result = child(0);
                for (std::size_t i = 1; i < node.children.size(); ++i) {
                    const bool better =
                        node.operation == Operation::maximum ? child(i).x > result.x : child(i).x < result.x;
                    const double error = std::max(result.error, child(i).error);
                    if (better) result = child(i);
                    result.error = error;
                }
                return result;
            }
            case Operation::opaque: {
                std::vector<Real> arguments;
                double error = 0;
                for (std::size_t i = 0; i < node.children.size(); ++i) {
                    arguments.push_back(child(i).x);
                    error += child(i).error;
                }
                // The derivatives of points.cpp's functions are at most 1 in size.
                Real value = points_.opaque(node.symbol, node.orders, arguments, point);
                double reach = 2;
                for (const auto& argument : arguments) reach += 2 * size_of(argument);
                return known(std::move(value), error + function_roundoff * reach);
            }
            case Operation::compare: {
                if (node.children[0] == node.children[1])
                    return truth(holds(node.relation, exactly(0), exactly(0)).value());
                const auto result = holds(node.relation, child(0), child(1));
                return result ? truth(*result) : none();
            }
            case Operation::all:
            case Operation::any: {
                const auto deciding =
                    node.operation == Operation::any ? BoundedReal::State::yes : BoundedReal::State::no;
                const auto decides = [&](NodeId id) { return table[static_cast<std::size_t>(id)].state == deciding; };
                const bool decided = std::any_of(node.children.begin(), node.children.end(), decides);
                return truth((node.operation == Operation::any) == decided);
            }
            case Operation::otherwise:
                return truth(true);
            default:
                return none();
        }
    }

    // The case whose condition holds; two may hold only where they agree. Strict ones (derivatives) cannot be told
    // where two sides are equal.
    BoundedReal cases(const GraphNode& node, const Table& table) const {
        const auto at = [&](NodeId id) -> const BoundedReal& { return table[static_cast<std::size_t>(id)]; };
        const BoundedReal* found = nullptr;
        for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
            const GraphNode& condition = graph_[node.children[i + 1]];
            const BoundedReal& met = at(node.children[i + 1]);
            if (node.interior && is_at_edge(node.children[i + 1], table)) return none();
            if (met.state == BoundedReal::State::none || met.state == BoundedReal::State::absent) return none();
            if (met.state != BoundedReal::State::yes) continue;
            if (condition.operation == Operation::otherwise && found) break;
            const BoundedReal& value = at(node.children[i]);
            if (found && found->exists() && value.exists() && size_of(found->x - value.x) > found->error + value.error)
                return absent();
            if (!found) found = &value;
        }
        if (found) return *found;
        return node.interior ? none() : absent();
    }

    // Whether a comparison of a condition holds with equality, or cannot be told.
    bool is_at_edge(NodeId condition, const Table& table) const {
        const GraphNode& node = graph_[condition];
        if (node.operation == Operation::all || node.operation == Operation::any)
            return std::any_of(node.children.begin(), node.children.end(),
                               [&](NodeId child) { return is_at_edge(child, table); });
        if (node.operation != Operation::compare) return false;
        const BoundedReal& left = table[static_cast<std::size_t>(node.children[0])];
        const BoundedReal& right = table[static_cast<std::size_t>(node.children[1])];
        if (!left.exists() || !right.exists()) return true;
        return node.children[0] != node.children[1] && order_of(left, right).value_or(0) == 0;
    }

    static const Domain& domain_of(const Symbol& symbol, int id, const Prepared& prepared) {
        const auto narrowed = prepared.domains.find(id);
        return narrowed == prepared.domains.end() ? symbol.domain : narrowed->second;
    }

    static int rows_of(const Symbol& symbol, const Prepared& prepared) {
        for (const auto& [name, value] : prepared.question.sizes)
            if (name == symbol.shape.rows) return value;
        int rows = 1;
        std::from_chars(symbol.shape.rows.data(), symbol.shape.rows.data() + symbol.shape.rows.size(), rows);
        return rows;
    }
};

Sampler::Sampler(Graph& graph, const std::vector<Symbol>& symbols) : impl_(std::make_unique<Impl>(graph, symbols)) {}
Sampler::~Sampler() = default;

Verdict Sampler::decide(const Question& question) {
    Work work(question.work);
    Verdict verdict;
    try {
        verdict = impl_->decide(question, false, work);
    } catch (const TooLarge& reason) {
        verdict.detail = reason.what();
    }
    verdict.work = work.spent();
    return verdict;
}

bool Sampler::rejects(const Question& question) {
    Work work(question.work);
    try {
        return impl_->decide(question, true, work).status != Status::sampled;
    } catch (const TooLarge&) {
        return true;  // undecided
    }
}

std::string Sampler::looks_like(const Question& question, std::size_t instance,
                                const std::vector<std::pair<std::string, NodeId>>& parts) {
    try {
        return impl_->looks_like(question, instance, parts);
    } catch (const TooLarge&) {
        return {};
    }
}

std::vector<std::optional<std::string>> Sampler::values(const std::vector<NodeId>& nodes,
                                                        const std::vector<std::pair<NodeId, std::string>>& variables) {
    return impl_->values(nodes, variables);
}

void Sampler::shrink(std::size_t size) {
    impl_->shrink(size);
}

Verdict sample(Graph& graph, const std::vector<Symbol>& symbols, const Question& question) {
    return Sampler(graph, symbols).decide(question);
}

std::string_view name_of(Status status) {
    switch (status) {
        case Status::refuted:
            return "refuted";
        case Status::exact:
            return "exact";
        case Status::certified:
            return "certified";
        case Status::sampled:
            return "sampled";
        case Status::undecided:
            return "undecided";
    }
    return "?";
}

}  // namespace gradproof::notes
