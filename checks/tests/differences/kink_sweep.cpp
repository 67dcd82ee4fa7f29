// SPDX-License-Identifier: MIT
#include "tests/differences/kink_sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradproof/checks/course_random.hpp"

namespace gradproof::checks {
namespace {

constexpr int nodes = 64;                  // of c, between which backpropagation's value is looked at
constexpr double share_between = 1e-3;     // of its range, that it may reach beyond what is seen at the nodes
constexpr double too_near = 2e-6;          // of what is summed: six digits do not tell such values from right ones
constexpr std::size_t draws_an_entry = 3;  // from the interval of the examples' own sides

struct Spread {
    double lower = std::numeric_limits<double>::infinity();
    double upper = -std::numeric_limits<double>::infinity();

    void reach(double value) {
        lower = std::min(lower, value);
        upper = std::max(upper, value);
    }
    double width() const { return upper - lower; }
    bool holds(double value, double margin) const { return lower - margin <= value && value <= upper + margin; }
};

// A pre-activation that should lie on its kink, but for rounding.
bool is_unclear(const KinkedNetwork& kinked) {
    const Cache<double> cache = forward(kinked.network, kinked.X);
    return std::any_of(cache.Z.begin(), cache.Z.end(),
                       [](const Matrix<double>& Z) { return ((Z.array() != 0) && (Z.array().abs() < 1e-11)).any(); });
}

// What is known of one entry without the checkers.
struct Truth {
    Sides sides;
    Spread conventions;
    Spread by_example;  // the sum over the examples of each one's own interval
    double scale = 0;

    bool is_right(double value, double margin) const {
        Spread between;
        between.reach(sides.below);
        between.reach(sides.above);
        return between.holds(value, margin) || conventions.holds(value, margin + share_between * conventions.width());
    }
};

Truth truth_of(const KinkedNetwork& kinked, const GradientEntry& entry, const std::vector<Gradients<double>>& by_c,
               const std::vector<Gradients<double>>& one_on_the_right) {
    Truth truth{.sides = sides_of(kinked, entry), .conventions = {}, .by_example = {}};
    for (const Gradients<double>& gradients : by_c) truth.conventions.reach(value_at(gradients, entry));
    double lower = 0;
    double upper = 0;
    double sum_of_sides = 0;
    const std::vector<Sides> by_example = sides_by_example(kinked, entry);
    const bool of_one = entry.of == GradientEntry::Of::dZ || entry.of == GradientEntry::Of::dA;
    for (std::size_t i = 0; i < by_example.size(); ++i) {
        if (of_one && static_cast<Eigen::Index>(i) != entry.column) continue;
        const double m = of_one ? static_cast<double>(by_example.size()) : 1.0;
        const auto [below, above] = by_example[i];
        const double other = value_at(one_on_the_right[i], entry) - value_at(by_c.front(), entry);
        lower += std::min({0.0, other, m * (above - below), -std::abs(other)});
        upper += std::max({0.0, other, m * (above - below), std::abs(other)});
        sum_of_sides += m * below;
        truth.scale += m * std::max(std::abs(below), std::abs(above));
    }
    const double from = truth.sides.below;
    truth.by_example.reach(from + lower);
    truth.by_example.reach(from + upper);
    truth.scale += std::abs(truth.sides.below - sum_of_sides) + truth.conventions.width();
    return truth;
}

}  // namespace

void OutcomeCounts::count(Outcome outcome) {
    confirmed += outcome == Outcome::confirmed;
    undecided += outcome == Outcome::undecided;
    refuted += outcome == Outcome::refuted;
}

void judge_kinked_network(const KinkedNetwork& kinked, KinkSweep& sweep) {
    ++sweep.networks;
    if (is_unclear(kinked)) {
        ++sweep.left_out;
        return;
    }
    const NetworkEstimates estimates = differentiate_network(kinked.network, kinked.X, kinked.Y, {.threads = 1});
    const auto with_c = [&](double c) { return backward_with(kinked, [c](std::size_t, Eigen::Index) { return c; }); };
    std::vector<Gradients<double>> by_c;
    for (int n = 0; n <= nodes; ++n) by_c.push_back(with_c(static_cast<double>(n) / nodes));
    std::vector<Gradients<double>> one_on_the_right;
    for (Eigen::Index one = 0; one < kinked.X.cols(); ++one)
        one_on_the_right.push_back(
            backward_with(kinked, [one](std::size_t, Eigen::Index i) { return i == one ? 1.0 : 0.0; }));
    const Gradients<double> half = backward_with(kinked, [](std::size_t, Eigen::Index i) { return i % 2 == 0; });
    const Gradients<double> mixed = backward_with(kinked, [](std::size_t l, Eigen::Index) { return l % 2 == 0; });
    const Gradients<double> odd_convention = with_c(0.3);
    CourseRandom random(1);

    for_each_entry(kinked, [&](const GradientEntry& entry) {
        ++sweep.entries;
        const Estimate& estimate = estimate_at(estimates, entry);
        const Truth truth = truth_of(kinked, entry, by_c, one_on_the_right);
        const auto complain = [&](std::string_view what, const Verdict& verdict) {
            sweep.complaints.push_back(fmt::format("{} {}: {}: {}; sides {} and {}, conventions {} to {}", kinked.what,
                                                   name_of(entry), what, describe(verdict), truth.sides.below,
                                                   truth.sides.above, truth.conventions.lower,
                                                   truth.conventions.upper));
        };
        const auto judge_right = [&](double value, std::string_view what, OutcomeCounts& counts) {
            const Verdict verdict = judge(value, estimate);
            counts.count(verdict.outcome);
            if (verdict.outcome == Outcome::refuted) complain(what, verdict);
        };
        const auto judge_wrong = [&](double value, std::string_view what, OutcomeCounts& counts) {
            const Verdict verdict = judge(value, estimate);
            // Said to be a zero beside what cancels here, and nothing more.
            if (verdict.remark == Remark::zero_within_bar) return;
            counts.count(verdict.outcome);
            if (verdict.outcome == Outcome::confirmed) complain(what, verdict);
        };
        const bool at_kink = std::abs(truth.sides.above - truth.sides.below) > too_near * truth.scale ||
                             truth.conventions.width() > too_near * truth.scale;
        sweep.at_kinks += at_kink;
        for (const double c : {0.0, 0.5, 1.0})
            judge_right(value_at(by_c[static_cast<std::size_t>(c * nodes)], entry), fmt::format("c = {}", c),
                        sweep.conventions);
        judge_right(value_at(odd_convention, entry), "c = 0.3", sweep.conventions);
        for (const double share : {0.0, 1.0, 0.37})
            judge_right((1 - share) * truth.sides.below + share * truth.sides.above, "between the sides", sweep.sides);
        const double margin = too_near * truth.scale;
        if (const double value = value_at(mixed, entry); !truth.is_right(value, margin)) {
            const Verdict verdict = judge(value, estimate);
            sweep.mixed.count(verdict.outcome);
            if (verdict.outcome != Outcome::undecided) complain("layers with conventions of their own", verdict);
        }
        if (const double value = value_at(half, entry); !truth.is_right(value, margin))
            judge_wrong(value, "half of the examples on the other side", sweep.wrong);
        if (truth.by_example.width() <= margin) return;
        for (std::size_t draw = 0; draw < draws_an_entry; ++draw) {
            const double value = truth.by_example.lower + random.rand() * truth.by_example.width();
            if (!truth.is_right(value, margin)) judge_wrong(value, "inside the examples' own intervals", sweep.wrong);
        }
    });
}

}  // namespace gradproof::checks
