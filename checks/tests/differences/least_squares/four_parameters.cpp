// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 13 to 16.
#include <array>
#include <cmath>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

LeastSquaresProblem powell_singular() {
    static const double root_5 = std::sqrt(5.0);
    static const double root_10 = std::sqrt(10.0);
    return least_squares(
        "powell_singular",
        []<class S>(const Vector<S>& x) {
            return Vector<S>{{x(0) + S(10) * x(1), S(root_5) * (x(2) - x(3)), square(x(1) - S(2) * x(2)),
                              S(root_10) * square(x(0) - x(3))}};
        },
        [](const Wide& x) {
            const long double d = 2 * (x(1) - 2 * x(2));
            const long double e = 2 * root_10 * (x(0) - x(3));
            return Rows{{1, 10, 0, 0}, {0, 0, root_5, -root_5}, {0, d, -2 * d, 0}, {e, 0, 0, -e}};
        },
        standard_points(VectorXd{{3, -1, 0, 1}}, minimiser(VectorXd::Zero(4), 0)));
}

LeastSquaresProblem wood() {
    static const double root_90 = std::sqrt(90.0);
    static const double root_10 = std::sqrt(10.0);
    return least_squares(
        "wood",
        []<class S>(const Vector<S>& x) {
            return Vector<S>{{S(10) * (x(1) - square(x(0))), S(1) - x(0), S(root_90) * (x(3) - square(x(2))),
                              S(1) - x(2), S(root_10) * (x(1) + x(3) - S(2)), (x(1) - x(3)) / S(root_10)}};
        },
        [](const Wide& x) {
            const long double wide_root = root_10;
            return Rows{{-20 * x(0), 10, 0, 0},
                        {-1, 0, 0, 0},
                        {0, 0, -2 * root_90 * x(2), root_90},
                        {0, 0, -1, 0},
                        {0, root_10, 0, root_10},
                        {0, 1 / wide_root, 0, -1 / wide_root}};
        },
        standard_points(VectorXd{{-3, -1, -3, -1}}, minimiser(VectorXd::Ones(4), 0)));
}

constexpr std::array kowalik_osborne_y = {0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627,
                                          0.0456, 0.0342, 0.0323, 0.0235, 0.0246};
constexpr std::array kowalik_osborne_u = {4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625};

LeastSquaresProblem kowalik_osborne() {
    return least_squares(
        "kowalik_osborne",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(11);
            for (std::size_t i = 0; i < kowalik_osborne_u.size(); ++i) {
                const double u = kowalik_osborne_u[i];
                r(static_cast<Eigen::Index>(i)) =
                    S(kowalik_osborne_y[i]) - x(0) * (S(u * u) + S(u) * x(1)) / (S(u * u) + S(u) * x(2) + x(3));
            }
            return r;
        },
        [](const Wide& x) {
            Rows J(11, 4);
            for (std::size_t i = 0; i < kowalik_osborne_u.size(); ++i) {
                const double u = kowalik_osborne_u[i];
                const double u2 = u * u;
                const long double above = u2 + u * x(1);
                const long double below = u2 + u * x(2) + x(3);
                const long double slope = x(0) * above / (below * below);
                J.row(static_cast<Eigen::Index>(i)) << -above / below, -x(0) * u / below, slope * u, slope;
            }
            return J;
        },
        standard_points(
            VectorXd{{0.25, 0.39, 0.415, 0.39}},
            minimiser(VectorXd{{0.1928069345779, 0.1912823287354, 0.1230565069321, 0.1360623306788}}, 3.07505e-4)));
}

LeastSquaresProblem brown_dennis() {
    static constexpr int m = 20;
    return least_squares(
        "brown_dennis",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(m);
            for (int i = 1; i <= m; ++i) {
                const double t = i / 5.0;
                r(i - 1) =
                    square(x(0) + S(t) * x(1) - S(std::exp(t))) + square(x(2) + x(3) * S(std::sin(t)) - S(std::cos(t)));
            }
            return r;
        },
        [](const Wide& x) {
            Rows J(m, 4);
            for (int i = 1; i <= m; ++i) {
                const double t = i / 5.0;
                const double s = std::sin(t);
                const long double a = 2 * (x(0) + t * x(1) - std::exp(t));
                const long double b = 2 * (x(2) + x(3) * s - std::cos(t));
                J.row(i - 1) << a, t * a, b, s * b;
            }
            return J;
        },
        standard_points(
            VectorXd{{25, 5, -5, -1}},
            minimiser(VectorXd{{-11.59443990476, 13.20363005121, -0.4034394881769, 0.2367787744557}}, 85822.2)));
}

}  // namespace

std::vector<NamedProblem> four_parameter_problems() {
    return {{"powell_singular", powell_singular},
            {"wood", wood},
            {"kowalik_osborne", kowalik_osborne},
            {"brown_dennis", brown_dennis}};
}

}  // namespace gradproof::checks
