// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 28 and 29.
#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

// Grid points t_i = i h, h = 1 / (n + 1), rounded.
double grid(Index i, Index n) {
    return static_cast<double>(i) * (1.0 / static_cast<double>(n + 1));
}

VectorXd start_on_grid(Index n) {
    VectorXd x(n);
    for (Index i = 0; i < n; ++i) x(i) = grid(i + 1, n) * (grid(i + 1, n) - 1);
    return x;
}

// One solution serves both: the second is the first's integral equation, discretised alike.
const VectorXd boundary_value_solution{{-0.04316498251876, -0.08157715653539, -0.1144857143805, -0.1409735768626,
                                        -0.159908696182, -0.1698772023128, -0.1690899837812, -0.1552495352218,
                                        -0.1253558916789, -0.07541653368589}};

LeastSquaresProblem discrete_boundary_value() {
    return least_squares(
        "discrete_boundary_value",
        []<class S>(const Vector<S>& x) {
            const Index n = x.size();
            const S h(grid(1, n));
            Vector<S> r(n);
            for (Index i = 0; i < n; ++i) {
                r(i) = S(2) * x(i) + square(h) * cube(x(i) + S(grid(i + 1, n)) + S(1)) / S(2);
                if (i > 0) r(i) = r(i) - x(i - 1);
                if (i + 1 < n) r(i) = r(i) - x(i + 1);
            }
            return r;
        },
        [](const Wide& x) {
            const Index n = x.size();
            const long double h = grid(1, n);
            Rows J = Rows::Zero(n, n);
            J.diagonal(1).setConstant(-1);
            J.diagonal(-1).setConstant(-1);
            for (Index i = 0; i < n; ++i) J(i, i) = 2 + 1.5L * h * h * square(x(i) + grid(i + 1, n) + 1);
            return J;
        },
        standard_points(start_on_grid(10), minimiser(boundary_value_solution, 0)));
}

LeastSquaresProblem discrete_integral_equation() {
    return least_squares(
        "discrete_integral_equation",
        []<class S>(const Vector<S>& x) {
            const Index n = x.size();
            Vector<S> r(n);
            for (Index i = 0; i < n; ++i) {
                const S t(grid(i + 1, n));
                S sum(0);
                for (Index j = 0; j < n; ++j) {
                    const S s(grid(j + 1, n));
                    sum = sum + (j <= i ? (S(1) - t) * s : t * (S(1) - s)) * cube(x(j) + s + S(1));
                }
                r(i) = x(i) + S(grid(1, n)) * sum / S(2);
            }
            return r;
        },
        [](const Wide& x) {
            const Index n = x.size();
            Rows J(n, n);
            for (Index i = 0; i < n; ++i)
                for (Index j = 0; j < n; ++j) {
                    const long double t = grid(i + 1, n);
                    const long double s = grid(j + 1, n);
                    J(i, j) = (i == j ? 1 : 0) +
                              1.5L * grid(1, n) * (j <= i ? (1 - t) * s : t * (1 - s)) * square(x(j) + s + 1);
                }
            return J;
        },
        standard_points(start_on_grid(10), minimiser(boundary_value_solution, 0)));
}

}  // namespace

std::vector<NamedProblem> discretised_equations() {
    return {{"discrete_boundary_value", discrete_boundary_value},
            {"discrete_integral_equation", discrete_integral_equation}};
}

}  // namespace gradproof::checks
