// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 1 to 6.
#include <cmath>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

LeastSquaresProblem rosenbrock() {
    return least_squares(
        "rosenbrock",
        []<class S>(const Vector<S>& x) {
            return Vector<S>{{S(10) * (x(1) - square(x(0))), S(1) - x(0)}};
        },
        [](const Wide& x) {
            return Rows{{-20 * x(0), 10}, {-1, 0}};
        },
        standard_points(VectorXd{{-1.2, 1}}, minimiser(VectorXd{{1, 1}}, 0)));
}

LeastSquaresProblem freudenstein_roth() {
    std::vector<Point> points = standard_points(VectorXd{{0.5, -2}}, minimiser(VectorXd{{5, 4}}, 0));
    points.push_back(minimiser(VectorXd{{11.41277900979, -0.8968052530634}}, 48.9842));
    points.back().name = "the local minimiser";
    return least_squares(
        "freudenstein_roth",
        []<class S>(const Vector<S>& x) {
            return Vector<S>{{S(-13) + x(0) + ((S(5) - x(1)) * x(1) - S(2)) * x(1),
                              S(-29) + x(0) + ((x(1) + S(1)) * x(1) - S(14)) * x(1)}};
        },
        [](const Wide& x) {
            return Rows{{1, (10 - 3 * x(1)) * x(1) - 2}, {1, (3 * x(1) + 2) * x(1) - 14}};
        },
        points);
}

LeastSquaresProblem powell_badly_scaled() {
    return least_squares(
        "powell_badly_scaled",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            return Vector<S>{{S(1e4) * x(0) * x(1) - S(1), exp(-x(0)) + exp(-x(1)) - S(1.0001)}};
        },
        [](const Wide& x) {
            return Rows{{1e4L * x(1), 1e4L * x(0)}, {-std::exp(-x(0)), -std::exp(-x(1))}};
        },
        standard_points(VectorXd{{0, 1}}, minimiser(VectorXd{{1.098159329700e-5, 9.106146739867}}, 0)));
}

LeastSquaresProblem brown_badly_scaled() {
    return least_squares(
        "brown_badly_scaled",
        []<class S>(const Vector<S>& x) {
            return Vector<S>{{x(0) - S(1e6), x(1) - S(2e-6), x(0) * x(1) - S(2)}};
        },
        [](const Wide& x) {
            return Rows{{1, 0}, {0, 1}, {x(1), x(0)}};
        },
        standard_points(VectorXd{{1, 1}}, minimiser(VectorXd{{1e6, 2e-6}}, 0)));
}

LeastSquaresProblem beale() {
    return least_squares(
        "beale",
        []<class S>(const Vector<S>& x) {
            const S b = x(1);
            return Vector<S>{
                {S(1.5) - x(0) * (S(1) - b), S(2.25) - x(0) * (S(1) - b * b), S(2.625) - x(0) * (S(1) - b * b * b)}};
        },
        [](const Wide& x) {
            const long double a = x(0);
            const long double b = x(1);
            return Rows{{b - 1, a}, {(b - 1) * (b + 1), 2 * a * b}, {(b - 1) * (b * b + b + 1), 3 * a * b * b}};
        },
        standard_points(VectorXd{{1, 1}}, minimiser(VectorXd{{3, 0.5}}, 0)));
}

LeastSquaresProblem jennrich_sampson() {
    static constexpr Eigen::Index m = 10;
    return least_squares(
        "jennrich_sampson",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(m);
            for (int i = 1; i <= m; ++i) r(i - 1) = S(2 + 2 * i) - (exp(S(i) * x(0)) + exp(S(i) * x(1)));
            return r;
        },
        [](const Wide& x) {
            Rows J(m, 2);
            for (int i = 1; i <= m; ++i) J.row(i - 1) << -i * std::exp(i * x(0)), -i * std::exp(i * x(1));
            return J;
        },
        standard_points(VectorXd{{0.3, 0.4}}, minimiser(VectorXd{{0.2578252136704, 0.2578252136704}}, 124.362)));
}

}  // namespace

std::vector<NamedProblem> two_parameter_problems() {
    return {{"rosenbrock", rosenbrock},
            {"freudenstein_roth", freudenstein_roth},
            {"powell_badly_scaled", powell_badly_scaled},
            {"brown_badly_scaled", brown_badly_scaled},
            {"beale", beale},
            {"jennrich_sampson", jennrich_sampson}};
}

}  // namespace gradproof::checks
