// SPDX-License-Identifier: MIT
#include "notes/engines/enclosure.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "notes/engines/ball.hpp"
#include "notes/engines/claim_points.hpp"
#include "notes/engines/graph_values.hpp"

namespace gradproof::proof {
namespace {

using notes::Instance;
using notes::NodeId;
using notes::Relation;

constexpr Series::Format box_format{1, 64};    // to bound on a box
constexpr Series::Format line_format{1, 192};  // to bound on an interval
constexpr Series::Format jet_format{92, 144};  // (1 / 2.5)^92 is 2e-37
constexpr double square_by_radius = 2.5;       // the square for Cauchy's bound, by the radius of the piece
constexpr double widest_radius = 0.35;         // small enough that most boxes are clear at once
constexpr int cost_of_jet = 5;                 // in boxes
constexpr double required = 1e-30;
constexpr double narrowest = 0x1p-52;
constexpr int most_evaluations = 1'500;  // then the other engines have to do

// An upper bound of the absolute value. Throws Unclear if there is none.
double size_of(const ComplexBall& ball) {
    if (!ball.is_finite()) throw Unclear("there is no bound on a box");
    return ball.most();
}

Series rectangle(double left, double right, double bottom, double top, Series::Format format) {
    ComplexBall ball;
    RealBall end;
    arb_set_d(acb_realref(ball.value), left);
    arb_set_d(end.value, right);
    arb_union(acb_realref(ball.value), acb_realref(ball.value), end.value, format.bits);
    arb_set_d(acb_imagref(ball.value), bottom);
    arb_set_d(end.value, top);
    arb_union(acb_imagref(ball.value), acb_imagref(ball.value), end.value, format.bits);
    return Series::variable(ball.value, format);
}

Series number_at(const Line& line, const Coordinate& at, const Series& like) {
    return Series::number(line.fixed.at(at), like.format());
}

// The values of a graph where the running coordinate is what it is.
GraphValues<Series> values_on(const notes::Graph& graph, const Line& line, const Series& running, notes::Work& work) {
    return GraphValues<Series>(
        graph,
        [&graph, &line, running](NodeId id) {
            if (id < 0) return Series::number("1", running.format());
            const auto& node = graph[id];
            const Coordinate at{node.symbol, node.row, node.column};
            return line.running == at ? running : number_at(line, at, running);
        },
        &work);
}

// The same with the slope in the running coordinate.
GraphValues<Slope<Series>> slopes_on(const notes::Graph& graph, const Line& line, const Series& running,
                                     notes::Work& work) {
    return GraphValues<Slope<Series>>(
        graph,
        [&graph, &line, running](NodeId id) -> Slope<Series> {
            const Series zero = Series::number("0", running.format());
            const Series one = Series::number("1", running.format());
            if (id < 0) return {one, zero};
            const auto& node = graph[id];
            const Coordinate at{node.symbol, node.row, node.column};
            if (line.running == at) return {running, one};
            return {number_at(line, at, running), zero};
        },
        &work);
}

// What an inequality claims not to be negative, for strict ones to be positive.
template <class T>
std::vector<T> claimed_positive(GraphValues<T>& values, Relation relation, const Instance& instance) {
    const T difference = values.of(instance.right) - values.of(instance.left);
    switch (relation) {
        case Relation::less:
        case Relation::less_equal:
            return {difference};
        case Relation::greater:
        case Relation::greater_equal:
            return {-difference};
        default: {
            const T margin = constant_like(difference, instance.margin);
            return {margin - difference, margin + difference};
        }
    }
}

}  // namespace

void Enclosure::count(int evaluations) {
    evaluations_ += evaluations;
    if (evaluations_ > most_evaluations) throw NotEvaluated("it takes too many boxes");
}

// Covers the interval by pieces, halving those for which `body` is not clear.
template <class Body>
void Enclosure::cover(double lower, double upper, double radius, const Body& body) {
    std::vector<std::pair<double, double>> open;
    const int pieces = std::max(1, static_cast<int>(std::ceil((upper - lower) / (2 * radius))));
    for (int i = pieces; i-- > 0;)
        open.emplace_back(lower + (upper - lower) * i / pieces, lower + (upper - lower) * (i + 1) / pieces);
    while (!open.empty()) {
        const auto [left, right] = open.back();
        open.pop_back();
        const double centre = left + (right - left) / 2;
        try {
            // Upwards, so that rounding leaves no gap between pieces.
            body(centre, std::nextafter(std::max(right - centre, centre - left), upper - lower + 1));
        } catch (const Unclear&) {
            if (right - left < narrowest || centre <= left || right <= centre) throw;
            open.emplace_back(centre, right);
            open.emplace_back(left, centre);
        }
    }
}

// Whether the claim's conditions certainly do not hold on an interval. Throws Unclear where they hold in parts.
bool Enclosure::is_excluded(const Line& line, double left, double right) {
    if (question_.conditions.empty()) return false;
    auto values = values_on(graph_, line, rectangle(left, right, 0, 0, line_format), work_);
    for (const auto& condition : question_.conditions) {
        // Where an equation of analytic functions holds beside a point, it holds there, too.
        if (condition.relation == Relation::not_equal) continue;
        if (!values.holds(condition.relation, values.of(condition.left), values.of(condition.right))) return true;
    }
    return false;
}

double Enclosure::largest_on(const Instance& instance, const Line& line, double left, double right, double bottom,
                             double top, int depth) {
    try {
        count(1);
        auto values = values_on(graph_, line, rectangle(left, right, bottom, top, box_format), work_);
        ComplexBall ball;
        (values.of(instance.left) - values.of(instance.right)).coefficient(ball.value, 0);
        return size_of(ball);
    } catch (const Unclear&) {
        if (depth == 0) throw;
    }
    const double x = left + (right - left) / 2;
    const double y = bottom + (top - bottom) / 2;
    return std::max({largest_on(instance, line, left, x, bottom, y, depth - 1),
                     largest_on(instance, line, x, right, bottom, y, depth - 1),
                     largest_on(instance, line, left, x, y, top, depth - 1),
                     largest_on(instance, line, x, right, y, top, depth - 1)});
}

// |Σ c_k t^k| for |t| <= r: the first coefficients are enclosed, the others are at most M / R^k (Cauchy), where M
// bounds the function on a square around the disk of radius R. That the bound exists shows the function analytic there.
// It is real on the real line, so the upper half of the square is enough.
void Enclosure::equation_on(const Instance& instance, const Line& line, double centre, double radius) {
    if (is_excluded(line, centre - radius, centre + radius)) return;
    const double R = square_by_radius * radius;
    double M = 0;
    for (const double side : {-1.0, 0.0})
        M = std::max(M, largest_on(instance, line, centre + side * R, centre + (side + 1) * R, 0, R, 2));
    count(cost_of_jet);
    auto values = values_on(graph_, line, rectangle(centre, centre, 0, 0, jet_format), work_);
    const Series difference = values.of(instance.left) - values.of(instance.right);
    // Doubles are rounded, by far less than the factor 2 at the end; the sum has few terms.
    double bound =
        M * std::pow(1 / square_by_radius, static_cast<double>(jet_format.length)) / (1 - 1 / square_by_radius);
    for (slong k = 0; k < jet_format.length; ++k) {
        ComplexBall coefficient;
        difference.coefficient(coefficient.value, k);
        bound += size_of(coefficient) * std::pow(radius, static_cast<double>(k));
    }
    ComplexBall left;
    values.of(instance.left).coefficient(left.value, 0);
    accept(2 * bound, size_of(left));
}

void Enclosure::accept(double bound, double size) {
    bound /= std::max(1.0, size);
    if (!(bound <= required)) throw Unclear("the difference is not enclosed by 1e-30");
    worst_ = std::max(worst_, bound);
}

void Enclosure::equation_at(const Instance& instance, const Line& line) {
    count(cost_of_jet);
    auto values = values_on(graph_, line, Series::number("0", line_format), work_);
    ComplexBall ball;
    (values.of(instance.left) - values.of(instance.right)).coefficient(ball.value, 0);
    ComplexBall left;
    values.of(instance.left).coefficient(left.value, 0);
    accept(size_of(ball), size_of(left));
}

// By the values on the interval, or by the value at its centre and the slopes on it.
void Enclosure::inequality_on(const Instance& instance, const Line& line, double centre, double radius) {
    if (line.running && is_excluded(line, centre - radius, centre + radius)) return;
    count(3);
    const bool strict = question_.relation == Relation::less || question_.relation == Relation::greater;
    const auto enough = [strict](arb_srcptr lower) {
        RealBall shifted;
        if (!strict) arb_set_d(shifted.value, required);
        arb_add(shifted.value, shifted.value, lower, line_format.bits);
        return strict ? arb_is_positive(shifted.value) != 0 : arb_is_nonnegative(shifted.value) != 0;
    };
    const Series interval = rectangle(centre - radius, centre + radius, 0, 0, line_format);
    auto on_interval = slopes_on(graph_, line, interval, work_);
    auto at_centre = values_on(graph_, line, rectangle(centre, centre, 0, 0, line_format), work_);
    const auto wide = claimed_positive(on_interval, question_.relation, instance);
    const auto middle = claimed_positive(at_centre, question_.relation, instance);
    for (std::size_t i = 0; i < wide.size(); ++i) {
        ComplexBall whole;
        wide[i].value.coefficient(whole.value, 0);
        if (enough(whole.real())) continue;
        const Series offset = rectangle(-radius, radius, 0, 0, line_format);
        ComplexBall by_slope;
        (middle[i] + wide[i].slope * offset).coefficient(by_slope.value, 0);
        if (enough(by_slope.real())) continue;
        ComplexBall there;
        middle[i].coefficient(there.value, 0);
        const bool fails = strict ? arb_is_nonpositive(there.real()) != 0 : arb_is_negative(there.real()) != 0;
        if (fails) throw CertainFailure{point_on(line, centre)};
        throw Unclear("an inequality is not clear");
    }
}

void Enclosure::certify(const Instance& instance, const Line& line) {
    const bool equation = question_.relation == Relation::equal;
    if (!line.running && equation) return equation_at(instance, line);
    if (!line.running) return inequality_on(instance, line, 0, 0);
    cover(line.lower, line.upper, widest_radius, [&](double centre, double radius) {
        equation ? equation_on(instance, line, centre, radius) : inequality_on(instance, line, centre, radius);
    });
}

}  // namespace gradproof::proof
