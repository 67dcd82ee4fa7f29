// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

#include <cmath>

namespace gradproof::checks {

std::vector<NamedProblem> more_garbow_hillstrom_problems() {
    std::vector<NamedProblem> problems;
    for (const auto& some : {two_parameter_problems(), three_parameter_problems(), four_parameter_problems(),
                             five_to_eleven_parameter_problems(), repeated_problems(), penalised_problems(),
                             systems_of_equations(), discretised_equations(), linear_and_chebyshev_problems()})
        problems.insert(problems.end(), some.begin(), some.end());
    return problems;
}

Point minimiser(Eigen::VectorXd x, double sum_of_squares) {
    const double last_place = sum_of_squares > 0 ? std::pow(10.0, std::floor(std::log10(sum_of_squares)) - 5) : 0;
    return {"the minimiser", std::move(x), Minimum{sum_of_squares, last_place, 0.5e-12}};
}

std::vector<Point> standard_points(const Eigen::VectorXd& x0, Point minimiser) {
    std::vector<Point> points = {{"x0", x0}};
    if (!x0.isZero(0)) {
        points.push_back({"10 x0", 10 * x0});
        points.push_back({"100 x0", 100 * x0});
    }
    points.push_back(std::move(minimiser));
    return points;
}

}  // namespace gradproof::checks
