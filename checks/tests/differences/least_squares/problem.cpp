// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/problem.hpp"

namespace gradproof::checks {

std::vector<Point> finite_points(const LeastSquaresProblem& problem, std::vector<Point> points) {
    std::erase_if(points, [&](const Point& point) {
        return !problem.residuals(point.x).allFinite() || !problem.jacobian(point.x).allFinite();
    });
    return points;
}

}  // namespace gradproof::checks
