// SPDX-License-Identifier: MIT
#include "notes/engines/code_distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "notes/engines/ball.hpp"
#include "notes/engines/graph_values.hpp"

namespace gradproof::proof {
namespace {

constexpr Series::Format format{1, 256};

Series exactly(double value) {
    ComplexBall ball;
    acb_set_d(ball.value, value);
    return Series::variable(ball.value, format);
}

// The unit of the last place of a double of this size.
double unit_of(double size) {
    return std::ldexp(1.0, std::max(std::ilogb(size), std::numeric_limits<double>::min_exponent - 1) - 52);
}

std::optional<notes::Distance> distance(const Series& formula, double code) {
    ComplexBall ball;
    formula.coefficient(ball.value, 0);
    if (!ball.is_finite() || !std::isfinite(code)) return std::nullopt;
    RealBall value;
    arb_set(value.value, ball.real());
    RealBall difference;
    RealBall given;
    arb_set_d(given.value, code);
    arb_sub(difference.value, given.value, value.value, format.bits);
    const double most = difference.most();
    const double size = value.least();
    if (size > 0) return notes::Distance{most, most / unit_of(size)};
    if (arb_is_zero(value.value) == 0) return std::nullopt;
    return notes::Distance{most, most > 0 ? std::numeric_limits<double>::infinity() : 0};
}

}  // namespace

std::vector<std::optional<notes::Distance>> distances_by_balls(const notes::Graph& graph,
                                                               const std::vector<notes::NodeId>& nodes,
                                                               const notes::GivenValues& given,
                                                               const std::vector<double>& code) {
    GraphValues<Series> values(graph, [](notes::NodeId id) -> Series {
        if (id < 0) return exactly(1);
        throw NotEvaluated("a variable without a value");
    });
    for (const auto& [known, value] : given) values.give(known, exactly(value));
    std::vector<std::optional<notes::Distance>> distances;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        distances.emplace_back();
        try {
            distances.back() = distance(values.of(nodes[i]), code.at(i));
        } catch (const std::domain_error&) {  // Unclear or NotEvaluated
            continue;
        }
    }
    return distances;
}

}  // namespace gradproof::proof
