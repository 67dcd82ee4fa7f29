// SPDX-License-Identifier: MIT
#include "differences/constant_piece.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "differences/sequence_estimate.hpp"
#include "differences/step_lengths.hpp"

namespace gradproof::checks {
namespace {

// Where nothing moves over the first sequence values are taken four times as far away again and again, up to where what
// is too little to be seen from near shows: a square beside a number a million million times as large.
constexpr double far_away = 0x1p20;
// A function that is constant so many times as far as x is from 0 and then not finite has overflowed: 0 * e^x.
constexpr double overflow_away = 16;
constexpr double towards_zero = 0x1p-4;
// A step of four doublings is found to the last place with so many halvings.
constexpr int most_halvings = 60;
// A kink is seen if so little beyond it the function has moved a million times as far as next to it.
constexpr double beyond_edge = 0x1p-10;
constexpr double visible_kink = 0x1p20;

double roundoff_of(double value) {
    return std::max(0x1p-53 * std::abs(value), std::numeric_limits<double>::denorm_min());
}

class ConstantPiece {
  public:
    ConstantPiece(SampledLine& line, Eigen::Index component) : line_(line), component_(component) {}

    Estimate estimate(double claimed) {
        const double x = line_.x();
        const double middle = at(x);
        const double length = first_length(x);
        const auto zero_within = [](double roundoff, double distance) {
            return smooth_estimate(0, 4 * roundoff / distance + std::numeric_limits<double>::denorm_min(), 0);
        };
        Edge above = edge(1);
        Edge below = edge(-1);
        const Estimate zero = zero_within(roundoff_of(middle), length);
        if (above.moved == infinity && below.moved == infinity) return zero;
        const bool should_have_moved = std::abs(claimed) * length > visible_kink * roundoff_of(middle);
        if (claimed == 0 || should_have_moved) {
            const Edge last_above = exact(above, 1);
            const Edge last_below = exact(below, -1);
            if (is_kink(above, last_above, 1) && is_kink(below, last_below, -1)) return zero;
            above = last_above;
            below = last_below;
        }
        // A slope that is there moves the function by less than its least move over the whole constant piece; a
        // polynomial of the fourth degree may do so with a slope four times as large as that suggests. Where nothing
        // but the edge of the domain is seen, nothing is known of what rounding hides.
        double least = infinity;
        for (const double t : {x + above.moved, x - below.moved}) {
            if (std::isinf(t)) continue;
            if (const double move = std::abs(at(t) - middle); std::isfinite(move)) least = std::min(least, move);
        }
        return undecided_within(
            zero_within(4 * std::max(least, roundoff_of(middle)), std::min(above.constant, below.constant)), 0);
    }

  private:
    double at(double t) { return line_.value(t, component_); }

    // Where the constant piece around x ends on one side: a distance up to which it reaches and one at which the
    // function has moved, both infinite if it never does.
    struct Edge {
        double constant = infinity;
        double moved = infinity;
    };

    Edge edge(double side) {
        const double x = line_.x();
        double constant = first_length(x);
        for (double distance = 4 * constant; distance <= farthest(); distance *= 4) {
            const double there = at(x + side * distance);
            if (!std::isfinite(there) && constant >= overflow_away * std::max(std::abs(x), 1.0)) break;
            if (there != at(x)) return {constant, distance};
            constant = distance;
        }
        // Where functions that have come to their limit move.
        const double near_zero = towards_zero * x;
        if (side * x < 0 && at(near_zero) != at(x)) return {first_length(x), std::abs(x - near_zero)};
        return {};
    }

    double farthest() const { return far_away * std::max(std::abs(line_.x()), 1.0); }

    // The same edge to the last place.
    Edge exact(Edge edge, double side) {
        for (int halving = 0; halving < most_halvings && edge.moved != infinity; ++halving) {
            const double between = edge.constant + (edge.moved - edge.constant) / 2;
            (at(line_.x() + side * between) == at(line_.x()) ? edge.constant : edge.moved) = between;
        }
        return edge;
    }

    // From a kink on a function moves in proportion to the distance, so that next to the kink it moves by next to
    // nothing; after a jump it stays where it is. A smooth function of which only the last places do not move leaves
    // its constant piece slowly, a place at a time, and one in steps jumps again. `found` is the edge that `last` was
    // found from.
    bool is_kink(const Edge& found, const Edge& last, double side) {
        if (found.moved == infinity) return true;
        const auto value_at = [&](double distance) { return at(line_.x() + side * distance); };
        bool jumps_once = true;
        for (double further = found.moved; further <= farthest() && jumps_once; further *= 4)
            jumps_once = value_at(further) == value_at(last.moved);
        if (jumps_once) return true;
        const double middle = at(line_.x());
        const double least = std::abs(value_at(last.moved) - middle);
        return std::abs(value_at(last.constant * (1 + beyond_edge)) - middle) > visible_kink * least;
    }

    SampledLine& line_;
    Eigen::Index component_;
};

}  // namespace

Estimate estimate_on_constant_piece(SampledLine& line, Eigen::Index component, double claimed) {
    return ConstantPiece(line, component).estimate(claimed);
}

}  // namespace gradproof::checks
