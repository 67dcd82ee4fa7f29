// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 17 to 19.
#include <array>
#include <cmath>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

constexpr std::array osborne_1_y = {0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751,
                                    0.718, 0.685, 0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490,
                                    0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406};

LeastSquaresProblem osborne_1() {
    static constexpr int m = 33;
    return least_squares(
        "osborne_1",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(m);
            for (int i = 0; i < m; ++i)
                r(i) = S(osborne_1_y[static_cast<std::size_t>(i)]) -
                       (x(0) + x(1) * exp(S(-10 * i) * x(3)) + x(2) * exp(S(-10 * i) * x(4)));
            return r;
        },
        [](const Wide& x) {
            Rows J(m, 5);
            for (int i = 0; i < m; ++i) {
                const int t = 10 * i;
                const long double e = std::exp(-t * x(3));
                const long double f = std::exp(-t * x(4));
                J.row(i) << -1, -e, -f, t * x(1) * e, t * x(2) * f;
            }
            return J;
        },
        standard_points(
            VectorXd{{0.5, 1.5, -1, 0.01, 0.02}},
            minimiser(VectorXd{{0.3754100521048, 1.935846912663, -1.464687136607, 0.01286753463995, 0.02212269966204}},
                      5.46489e-5)));
}

LeastSquaresProblem biggs() {
    static constexpr int m = 13;
    return least_squares(
        "biggs",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(m);
            for (int i = 1; i <= m; ++i) {
                const double t = 0.1 * i;
                const double y = std::exp(-t) - 5 * std::exp(-10 * t) + 3 * std::exp(-4 * t);
                r(i - 1) = x(2) * exp(S(-t) * x(0)) - x(3) * exp(S(-t) * x(1)) + x(5) * exp(S(-t) * x(4)) - S(y);
            }
            return r;
        },
        [](const Wide& x) {
            Rows J(m, 6);
            for (int i = 1; i <= m; ++i) {
                const double t = 0.1 * i;
                const long double e = std::exp(-t * x(0));
                const long double f = std::exp(-t * x(1));
                const long double g = std::exp(-t * x(4));
                J.row(i - 1) << -t * x(2) * e, t * x(3) * f, e, -f, -t * x(5) * g, g;
            }
            return J;
        },
        standard_points(VectorXd{{1, 2, 1, 1, 1, 1}}, minimiser(VectorXd{{1, 10, 1, 5, 4, 3}}, 0)));
}

constexpr std::array osborne_2_y = {1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746,
                                    0.679, 0.608, 0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649,
                                    0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395,
                                    0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653,
                                    0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739,
                                    0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054};

// A decay and three peaks.
LeastSquaresProblem osborne_2() {
    static constexpr int m = 65;
    return least_squares(
        "osborne_2",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            Vector<S> r(m);
            for (int i = 0; i < m; ++i) {
                const S t(i / 10.0);
                S sum = x(0) * exp(-t * x(4));
                for (Eigen::Index k = 1; k < 4; ++k) sum = sum + x(k) * exp(-square(t - x(k + 7)) * x(k + 4));
                r(i) = S(osborne_2_y[static_cast<std::size_t>(i)]) - sum;
            }
            return r;
        },
        [](const Wide& x) {
            Rows J(m, 11);
            for (int i = 0; i < m; ++i) {
                const double t = i / 10.0;
                J(i, 0) = -std::exp(-t * x(4));
                J(i, 4) = -t * x(0) * J(i, 0);
                for (Eigen::Index k = 1; k < 4; ++k) {
                    const long double d = t - x(k + 7);
                    J(i, k) = -std::exp(-d * d * x(k + 4));
                    J(i, k + 4) = -d * d * x(k) * J(i, k);
                    J(i, k + 7) = 2 * d * x(k + 4) * x(k) * J(i, k);
                }
            }
            return J;
        },
        standard_points(VectorXd{{1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5}},
                        minimiser(VectorXd{{1.309977154599, 0.4315537945448, 0.6336616989359, 0.5994305348006,
                                            0.7541832261664, 0.904288580282, 1.365811835268, 4.823698816981,
                                            2.39868486618, 4.568874597608, 5.675341470547}},
                                  4.01377e-2)));
}

}  // namespace

std::vector<NamedProblem> five_to_eleven_parameter_problems() {
    return {{"osborne_1", osborne_1}, {"biggs", biggs}, {"osborne_2", osborne_2}};
}

}  // namespace gradproof::checks
