// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 7 to 12.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

// Smooth where x1 is not 0; the angle jumps by nothing where x2 changes sign at x1 < 0.
LeastSquaresProblem helical_valley() {
    static constexpr double turn = 2 * std::numbers::pi;
    return least_squares(
        "helical_valley",
        []<class S>(const Vector<S>& x) {
            using std::atan;
            using std::sqrt;
            const S angle = atan(x(1) / x(0)) / S(turn) + S(x(0) < S(0) ? 0.5 : 0.0);
            return Vector<S>{
                {S(10) * (x(2) - S(10) * angle), S(10) * (sqrt(square(x(0)) + square(x(1))) - S(1)), x(2)}};
        },
        [](const Wide& x) {
            const long double radius = std::hypot(x(0), x(1));
            const long double by_angle = 100 / (turn * radius * radius);
            return Rows{
                {by_angle * x(1), -by_angle * x(0), 10}, {10 * x(0) / radius, 10 * x(1) / radius, 0}, {0, 0, 1}};
        },
        standard_points(VectorXd{{-1, 0, 0}}, minimiser(VectorXd{{1, 0, 0}}, 0)));
}

constexpr std::array bard_y = {0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39,
                               0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39};

LeastSquaresProblem bard() {
    return least_squares(
        "bard",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(15);
            for (int u = 1; u <= 15; ++u) {
                const int v = 16 - u;
                r(u - 1) = S(bard_y[static_cast<std::size_t>(u - 1)]) -
                           (x(0) + S(u) / (S(v) * x(1) + S(std::min(u, v)) * x(2)));
            }
            return r;
        },
        [](const Wide& x) {
            Rows J(15, 3);
            for (int u = 1; u <= 15; ++u) {
                const int v = 16 - u;
                const int w = std::min(u, v);
                const long double slope = u / square(v * x(1) + w * x(2));
                J.row(u - 1) << -1, v * slope, w * slope;
            }
            return J;
        },
        standard_points(VectorXd{{1, 1, 1}},
                        minimiser(VectorXd{{0.08241056097642, 1.133036117707, 2.343695154723}}, 8.21487e-3)));
}

constexpr std::array gaussian_y = {0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989,
                                   0.3521, 0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009};

LeastSquaresProblem gaussian() {
    return least_squares(
        "gaussian",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(15);
            for (int i = 0; i < 15; ++i)
                r(i) = x(0) * exp(-x(1) * square(S((7 - i) / 2.0) - x(2)) / S(2)) -
                       S(gaussian_y[static_cast<std::size_t>(i)]);
            return r;
        },
        [](const Wide& x) {
            Rows J(15, 3);
            for (int i = 0; i < 15; ++i) {
                const long double t = (7 - i) / 2.0L - x(2);
                const long double e = std::exp(-x(1) * t * t / 2);
                J.row(i) << e, -x(0) * e * t * t / 2, x(0) * e * x(1) * t;
            }
            return J;
        },
        standard_points(VectorXd{{0.4, 1, 0}}, minimiser(VectorXd{{0.3989561378387, 1.000019084489, 0}}, 1.12793e-8)));
}

constexpr std::array<int, 16> meyer_y = {34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744,
                                         8261,  7030,  6005,  5147,  4427,  3820,  3307,  2872};

LeastSquaresProblem meyer() {
    return least_squares(
        "meyer",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(16);
            for (int i = 0; i < 16; ++i)
                r(i) = x(0) * exp(x(1) / (S(50 + 5 * i) + x(2))) - S(meyer_y[static_cast<std::size_t>(i)]);
            return r;
        },
        [](const Wide& x) {
            Rows J(16, 3);
            for (int i = 0; i < 16; ++i) {
                const long double t = 50 + 5 * i + x(2);
                const long double e = std::exp(x(1) / t);
                J.row(i) << e, x(0) * e / t, -x(0) * x(1) * e / (t * t);
            }
            return J;
        },
        standard_points(VectorXd{{0.02, 4000, 250}},
                        minimiser(VectorXd{{0.005609636471027, 6181.346346293, 345.2236346245}}, 87.9458)));
}

// The paper prints "y_i m i x2" where its minimiser needs y_i - x2.
LeastSquaresProblem gulf_research() {
    static constexpr int m = 99;
    const VectorXd t = VectorXd::LinSpaced(m, 1, m) / 100;
    const VectorXd y = 25 + (-50 * t.array().log()).pow(2.0 / 3);
    return least_squares(
        "gulf_research",
        [t, y]<class S>(const Vector<S>& x) {
            using std::abs;
            using std::exp;
            using std::pow;
            Vector<S> r(m);
            for (int i = 0; i < m; ++i) r(i) = exp(-pow(abs(S(y(i)) - x(1)), x(2)) / x(0)) - S(t(i));
            return r;
        },
        [y](const Wide& x) {
            Rows J(m, 3);
            for (int i = 0; i < m; ++i) {
                const long double d = y(i) - x(1);
                const long double p = std::pow(std::abs(d), x(2)) / x(0);
                const long double e = std::exp(-p) * p;
                J.row(i) << e / x(0), e * x(2) / d, -e * std::log(std::abs(d));
            }
            return J;
        },
        standard_points(VectorXd{{5, 2.5, 0.15}}, minimiser(VectorXd{{50, 25, 1.5}}, 0)));
}

LeastSquaresProblem box() {
    static constexpr int m = 10;
    return least_squares(
        "box",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(m);
            for (int i = 1; i <= m; ++i) {
                const double t = 0.1 * i;
                r(i - 1) = exp(S(-t) * x(0)) - exp(S(-t) * x(1)) - x(2) * S(std::exp(-t) - std::exp(-10 * t));
            }
            return r;
        },
        [](const Wide& x) {
            Rows J(m, 3);
            for (int i = 1; i <= m; ++i) {
                const double t = 0.1 * i;
                J.row(i - 1) << -t * std::exp(-t * x(0)), t * std::exp(-t * x(1)), -(std::exp(-t) - std::exp(-10 * t));
            }
            return J;
        },
        standard_points(VectorXd{{0, 10, 20}}, minimiser(VectorXd{{1, 10, 1}}, 0)));
}

}  // namespace

std::vector<NamedProblem> three_parameter_problems() {
    return {{"helical_valley", helical_valley}, {"bard", bard}, {"gaussian", gaussian}, {"meyer", meyer},
            {"gulf_research", gulf_research},   {"box", box}};
}

}  // namespace gradproof::checks
