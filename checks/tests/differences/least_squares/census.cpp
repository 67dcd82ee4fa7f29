// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/census.hpp"

#include <fmt/format.h>

#include <limits>

namespace gradproof::checks {
namespace {

Tally tally_of(const TensorVerdict& verdict) {
    return {verdict.confirmed, verdict.undecided, verdict.refuted, verdict.not_exercised};
}

// The entries [first, last) of `jacobian` in columns, the others NaN.
Eigen::MatrixXd part_of(const Eigen::MatrixXd& jacobian, Eigen::Index first, Eigen::Index last) {
    Eigen::MatrixXd part =
        Eigen::MatrixXd::Constant(jacobian.rows(), jacobian.cols(), std::numeric_limits<double>::quiet_NaN());
    part.reshaped().segment(first, last - first) = jacobian.reshaped().segment(first, last - first);
    return part;
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
    confirmed += other.confirmed;
    undecided += other.undecided;
    refuted += other.refuted;
    not_exercised += other.not_exercised;
    return *this;
}

Census& Census::operator+=(const Census& other) {
    points += other.points;
    columns += other.columns;
    calls += other.calls;
    right += other.right;
    for (std::size_t k = 0; k < wrong.size(); ++k) wrong[k] += other.wrong[k];
    return *this;
}

Census census_at(const LeastSquaresProblem& problem, const Point& point) {
    const Eigen::MatrixXd right = problem.jacobian(point.x);
    Census census;
    census.points = 1;
    census.columns = static_cast<std::size_t>(right.cols());
    const auto counted = [&](const Eigen::VectorXd& x) {
        ++census.calls;
        return problem.residuals(x);
    };
    census.right = tally_of(check_jacobian(counted, right, point.x));
    for (const Plant plant : all_plants) {
        const Planted wrong = planted(right, plant);
        Tally& tally = census.wrong[static_cast<std::size_t>(plant)];
        tally = tally_of(check_jacobian(problem.residuals, wrong.jacobian, point.x));
        // What was not planted is NaN, and refuted.
        tally.refuted -= static_cast<std::size_t>(right.size()) - wrong.count;
    }
    return census;
}

Census census_of(const std::vector<NamedProblem>& problems) {
    Census census;
    for (const NamedProblem& named : problems) {
        const LeastSquaresProblem problem = named.make();
        for (const Point& point : problem.points) census += census_at(problem, point);
    }
    return census;
}

std::string describe(const Census& census) {
    std::string table = fmt::format("{} points, {} columns, {} calls of the function for the right entries\n",
                                    census.points, census.columns, census.calls);
    table += fmt::format("{:<12} {:>10} {:>10} {:>10} {:>20}\n", "", "confirmed", "undecided", "refuted",
                         "moved by nothing");
    const auto add = [&](std::string_view name, const Tally& tally) {
        table += fmt::format("{:<12} {:>10} {:>10} {:>10} {:>20}\n", name, tally.confirmed, tally.undecided,
                             tally.refuted, tally.not_exercised);
    };
    add("right", census.right);
    for (const Plant plant : all_plants) add(name_of(plant), census[plant]);
    return table;
}

std::string first_wrong_entry_confirmed(const LeastSquaresProblem& problem, const Point& point, Plant plant) {
    const Eigen::MatrixXd right = problem.jacobian(point.x);
    const Eigen::MatrixXd wrong = planted(right, plant).jacobian;
    const auto some_confirmed = [&](Eigen::Index first, Eigen::Index last) {
        return tally_of(check_jacobian(problem.residuals, part_of(wrong, first, last), point.x)).confirmed_values() > 0;
    };
    Eigen::Index first = 0;
    Eigen::Index last = wrong.size();
    if (!some_confirmed(first, last)) return "";
    while (last - first > 1) {
        const Eigen::Index middle = first + (last - first) / 2;
        (some_confirmed(first, middle) ? last : first) = middle;
    }
    const Eigen::Index row = first % wrong.rows();
    const Eigen::Index column = first / wrong.rows();
    // Its row alone, the other entries right, so that it is among the few that a verdict keeps.
    Eigen::VectorXd gradient = right.row(row);
    gradient(column) = wrong(row, column);
    const TensorVerdict verdict =
        check_gradient([&](const Eigen::VectorXd& x) { return problem.residuals(x)(row); }, gradient, point.x);
    std::string text = fmt::format("{} at {}: entry ({}, {}) is {:.17g}; {} is confirmed\n", problem.name, point.name,
                                   row, column, right(row, column), wrong(row, column));
    for (const EntryVerdict& entry : verdict.worst)
        if (entry.column == column) text += describe(entry.verdict) + "\n";
    return text;
}

}  // namespace gradproof::checks
