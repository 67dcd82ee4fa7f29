// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 20 to 22.
#include <cmath>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

// Sum over j of x_j t^(j-1), by Horner.
template <class S>
S polynomial(const Vector<S>& x, const S& t) {
    S sum(0);
    for (Index j = x.size(); j-- > 0;) sum = sum * t + x(j);
    return sum;
}

// The derivative by t of the polynomial.
template <class S>
S slope_of_polynomial(const Vector<S>& x, const S& t) {
    S sum(0);
    for (Index j = x.size(); j-- > 1;) sum = sum * t + S(static_cast<int>(j)) * x(j);
    return sum;
}

LeastSquaresProblem watson() {
    return least_squares(
        "watson",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(31);
            for (int i = 1; i < 30; ++i) {
                const S t(i / 29.0);
                r(i - 1) = slope_of_polynomial(x, t) - square(polynomial(x, t)) - S(1);
            }
            r(29) = x(0);
            r(30) = x(1) - square(x(0)) - S(1);
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Zero(31, x.size());
            for (int i = 1; i < 30; ++i) {
                const long double t = i / 29.0;
                const long double twice = 2 * polynomial(x, t);
                long double power = 1 / t;  // t^(j-1)
                for (Index j = 0; j < x.size(); ++j) {
                    J(i - 1, j) = power * (static_cast<long double>(j) - twice * t);
                    power *= t;
                }
            }
            J(29, 0) = 1;
            J(30, 0) = -2 * x(0);
            J(30, 1) = 1;
            return J;
        },
        standard_points(VectorXd::Zero(6), minimiser(VectorXd{{-0.01572508639, 1.012434869369, -0.2329916259,
                                                               1.260430087798, -1.513728922723, 0.9929964324319}},
                                                     2.28767e-3)));
}

LeastSquaresProblem extended_rosenbrock() {
    return least_squares(
        "extended_rosenbrock",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(x.size());
            for (Index i = 0; i < x.size(); i += 2) {
                r(i) = S(10) * (x(i + 1) - square(x(i)));
                r(i + 1) = S(1) - x(i);
            }
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Zero(x.size(), x.size());
            for (Index i = 0; i < x.size(); i += 2) J.block(i, i, 2, 2) << -20 * x(i), 10, -1, 0;
            return J;
        },
        standard_points(VectorXd{{-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1}}, minimiser(VectorXd::Ones(10), 0)));
}

LeastSquaresProblem extended_powell_singular() {
    static const double root_5 = std::sqrt(5.0);
    static const double root_10 = std::sqrt(10.0);
    return least_squares(
        "extended_powell_singular",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(x.size());
            for (Index i = 0; i < x.size(); i += 4) {
                r(i) = x(i) + S(10) * x(i + 1);
                r(i + 1) = S(root_5) * (x(i + 2) - x(i + 3));
                r(i + 2) = square(x(i + 1) - S(2) * x(i + 2));
                r(i + 3) = S(root_10) * square(x(i) - x(i + 3));
            }
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Zero(x.size(), x.size());
            for (Index i = 0; i < x.size(); i += 4) {
                const long double d = 2 * (x(i + 1) - 2 * x(i + 2));
                const long double e = 2 * root_10 * (x(i) - x(i + 3));
                J.block(i, i, 4, 4) << 1, 10, 0, 0, 0, 0, root_5, -root_5, 0, d, -2 * d, 0, e, 0, 0, -e;
            }
            return J;
        },
        standard_points(VectorXd{{3, -1, 0, 1, 3, -1, 0, 1}}, minimiser(VectorXd::Zero(8), 0)));
}

}  // namespace

std::vector<NamedProblem> repeated_problems() {
    return {{"watson", watson},
            {"extended_rosenbrock", extended_rosenbrock},
            {"extended_powell_singular", extended_powell_singular}};
}

}  // namespace gradproof::checks
