// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/proofs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradproof::checks {
namespace {

constexpr long double half_an_ulp = 0x1p-53L;

}  // namespace

// The bound: what is not said of the sum, what x's rounding moves it by near its minimum (so only to second order),
// and what the rounding of data and constants to doubles does to each residual. `reach` is the sum of |J_ij x_j|, of
// the size of the terms of residual i.
Proof minima_are_the_published_ones(const LeastSquaresProblem& problem) {
    Proof proof;
    for (const Point& point : problem.points) {
        if (!point.minimum) continue;
        ++proof.checked;
        const Reference reference = problem.reference(point.x);
        const Vector<long double> size = reference.residuals.cwiseAbs();
        const Vector<long double> reach = reference.jacobian.cwiseAbs() * point.x.cast<long double>().cwiseAbs();
        const long double half_place = std::max<long double>(point.minimum->half_place_of_x, half_an_ulp);
        const long double bound =
            point.minimum->last_place + (half_place * reach).squaredNorm() + 8 * half_an_ulp * size.dot(reach + size);
        const long double published = point.minimum->sum_of_squares;
        const long double sum = reference.residuals.squaredNorm();
        if (!(std::abs(sum - published) <= bound))
            proof.faults.push_back(
                fmt::format("{} at {}: the sum of squares is {:.12g}, published {:.12g}, bound {:.3g}", problem.name,
                            point.name, sum, published, bound));
        // A bound as wide as the sum says nothing, unless it shows that the data are met to eight digits.
        if (bound > std::max(published, 1e-13L * reach.squaredNorm()) / 1000)
            proof.faults.push_back(fmt::format("{} at {}: the bound {:.3g} is too wide to show the sum {:.12g}",
                                               problem.name, point.name, bound, published));
    }
    return proof;
}

// Dual numbers with a 64-bit mantissa differentiate the residuals; the formula of the Jacobian is written apart. Both
// may be off by 256 roundings of their terms (an exponential makes of each rounding as many as its argument is large),
// an eighth of the last place of a double; the formula is rounded to a double once.
Proof jacobian_is_right_to_its_last_place(const LeastSquaresProblem& problem) {
    constexpr long double smallest_rounding = 0x1p-1075L;
    Proof proof;
    for (const Point& point : problem.points) {
        const Eigen::MatrixXd jacobian = problem.jacobian(point.x);
        const Reference reference = problem.reference(point.x);
        if (jacobian.rows() != reference.jacobian.rows() || jacobian.cols() != reference.jacobian.cols()) {
            proof.faults.push_back(fmt::format("{}: the Jacobian is {} x {}, its residuals' {} x {}", problem.name,
                                               jacobian.rows(), jacobian.cols(), reference.jacobian.rows(),
                                               reference.jacobian.cols()));
            return proof;
        }
        for (Eigen::Index i = 0; i < jacobian.rows(); ++i)
            for (Eigen::Index j = 0; j < jacobian.cols(); ++j) {
                const long double right = reference.jacobian(i, j);
                const long double bound =
                    std::max(half_an_ulp * std::abs(right), smallest_rounding) + 0x1p-56L * reference.magnitude(i, j);
                ++proof.checked;
                if (std::abs(jacobian(i, j) - right) <= bound) continue;
                proof.faults.push_back(fmt::format("{} at {}: entry ({}, {}) is {:.17g}, by dual numbers {:.20g}",
                                                   problem.name, point.name, i, j, jacobian(i, j), right));
            }
    }
    return proof;
}

}  // namespace gradproof::checks
