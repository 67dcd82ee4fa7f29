// SPDX-License-Identifier: MIT
#include "notes/engines/claim_points.hpp"

#include <cstdint>

#include "notes/engines/ball.hpp"

namespace gradproof::proof {
namespace {

using notes::NodeId;
using notes::Question;
using notes::Relation;
using notes::Status;
using notes::Verdict;

constexpr Series::Format point_format{1, 192};
constexpr int points = 24;

std::string text_of(const Series& series) {
    ComplexBall ball;
    series.coefficient(ball.value, 0);
    RealBall real;
    arb_set(real.value, ball.real());
    return real.str(30);
}

std::map<Coordinate, Series> point(const ClaimDomain& domains, int index) {
    std::map<Coordinate, Series> result;
    std::uint64_t state = static_cast<std::uint64_t>(index) * 0x9E3779B97F4A7C15u + 1;
    const auto next = [&state] {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((state >> 33) % 1'000'000);
    };
    const auto number = [](const std::string& digits) { return Series::number(digits, point_format); };
    for (const auto& at : domains.coordinates()) {
        if (result.contains(at)) continue;
        const notes::Domain& domain = domains.domain(at.symbol);
        const int k = 1 + next() % 62;
        if (domain.kind == notes::Domain::Kind::finite) {
            const auto choice = static_cast<std::size_t>(k) % domain.members.size();
            result.emplace(at, number(domain.members[choice]));
        } else if (domain.kind == notes::Domain::Kind::interval) {
            const Series step = number(std::to_string(k)) / number("63");
            if (domain.lower.empty() && domain.upper.empty()) {
                result.emplace(at, number("8") * (step - number("0.5")));
            } else if (domain.upper.empty()) {
                result.emplace(at, number(domain.lower) + number("4") * step);
            } else if (domain.lower.empty()) {
                result.emplace(at, number(domain.upper) - number("4") * step);
            } else {
                const Series width = number(domain.upper) - number(domain.lower);
                result.emplace(at, number(domain.lower) + width * step);
            }
        } else {
            const int rows = domains.rows(at.symbol);
            const int one = k % rows;
            Series total = number("0");
            std::vector<Series> weights;
            for (int row = 0; row < rows; ++row) {
                const bool simplex = domain.kind == notes::Domain::Kind::simplex;
                weights.push_back(number(simplex ? std::to_string(1 + next() % 9) : row == one ? "1" : "0"));
                total = total + weights.back();
            }
            for (int row = 0; row < rows; ++row)
                result.emplace(Coordinate{at.symbol, row, at.column}, weights[static_cast<std::size_t>(row)] / total);
        }
    }
    return result;
}

// Of "=" and "≠" whether the sides certainly differ; of the others whether they certainly do not hold.
bool certainly_fails(const Series& left, const Series& right, Relation relation, const std::string& margin) {
    const auto certainly = [](const Series& difference, auto&& predicate) {
        ComplexBall ball;
        difference.coefficient(ball.value, 0);
        return ball.is_finite() && predicate(ball.real()) != 0;
    };
    const auto positive = [](arb_srcptr x) { return arb_is_positive(x); };
    const auto nonnegative = [](arb_srcptr x) { return arb_is_nonnegative(x); };
    switch (relation) {
        case Relation::less:
            return certainly(left - right, nonnegative);
        case Relation::greater:
            return certainly(right - left, nonnegative);
        case Relation::less_equal:
            return certainly(left - right, positive);
        case Relation::greater_equal:
            return certainly(right - left, positive);
        case Relation::approximately: {
            const Series allowed = Series::number(margin, point_format);
            return certainly(left - right - allowed, positive) || certainly(right - left - allowed, positive);
        }
        default:
            return certainly(left - right, [](arb_srcptr x) { return arb_contains_zero(x) == 0 ? 1 : 0; });
    }
}

std::optional<Verdict> look_at(const notes::Graph& graph, const ClaimDomain& domains, const Question& question,
                               const std::map<Coordinate, Series>& at, notes::Work& work) {
    GraphValues<Series> values(
        graph,
        [&](NodeId id) {
            if (id < 0) return Series::number("1", point_format);
            const auto& node = graph[id];
            return at.at({node.symbol, node.row, node.column});
        },
        &work);
    try {
        if (!conditions_hold(values, question)) return std::nullopt;
    } catch (const Unclear&) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < question.instances.size(); ++i) {
        const auto& instance = question.instances[i];
        try {
            const Series left = values.of(instance.left);
            const Series right = values.of(instance.right);
            if (!certainly_fails(left, right, question.relation, instance.margin)) continue;
            notes::Witness witness;
            witness.instance = i;
            witness.label = instance.label;
            witness.left = text_of(left);
            witness.right = text_of(right);
            witness.difference = text_of(left - right);
            for (const auto& [coordinate, value] : at)
                witness.point.emplace_back(domains.name(coordinate), text_of(value));
            if (question.relation != Relation::not_equal) return Verdict{Status::refuted, "rigorously", witness};
            std::string where = "they differ by " + witness.difference;
            for (const auto& [name, value] : witness.point) where += ", " + name + " = " + value;
            return Verdict{Status::certified, where, {}};
        } catch (const Unclear&) {
            continue;  // this point says nothing
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Verdict> look_at_points(const notes::Graph& graph, const ClaimDomain& domains, const Question& question,
                                      notes::Work& work) {
    for (int index = 0; index < (domains.coordinates().empty() ? 1 : points); ++index)
        if (auto verdict = look_at(graph, domains, question, point(domains, index), work)) return verdict;
    return std::nullopt;
}

std::optional<Verdict> look_at_point(const notes::Graph& graph, const ClaimDomain& domains, const Question& question,
                                     const std::map<Coordinate, std::string>& digits, notes::Work& work) {
    std::map<Coordinate, Series> at;
    for (const auto& [coordinate, value] : digits) at.emplace(coordinate, Series::number(value, point_format));
    return look_at(graph, domains, question, at, work);
}

}  // namespace gradproof::proof
