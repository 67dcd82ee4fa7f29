// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 32 to 35.
#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

constexpr int equations = 10;  // of the linear problems, in 5 parameters

// The linear problems' sums at the minimum are fractions, known to all digits.
Point exact_minimiser(VectorXd x, double sum_of_squares) {
    return {"the minimiser", std::move(x), Minimum{sum_of_squares, 0x1p-52 * sum_of_squares, 0}};
}

LeastSquaresProblem linear_full_rank() {
    return least_squares(
        "linear_full_rank",
        []<class S>(const Vector<S>& x) {
            const S twice_the_mean = S(2) / S(equations) * x.sum();
            Vector<S> r(equations);
            for (Index i = 0; i < equations; ++i) {
                r(i) = -twice_the_mean - S(1);
                if (i < x.size()) r(i) = r(i) + x(i);
            }
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Constant(equations, x.size(), -2.0L / equations);
            J.diagonal().array() += 1;
            return J;
        },
        standard_points(VectorXd::Ones(5), exact_minimiser(VectorXd::Constant(5, -1), equations - 5)));
}

LeastSquaresProblem linear_rank_1() {
    VectorXd lowest = VectorXd::Zero(5);
    lowest(0) = 3.0 / (2 * equations + 1);
    return least_squares(
        "linear_rank_1",
        []<class S>(const Vector<S>& x) {
            S sum(0);
            for (int j = 0; j < x.size(); ++j) sum = sum + S(j + 1) * x(j);
            Vector<S> r(equations);
            for (int i = 0; i < equations; ++i) r(i) = S(i + 1) * sum - S(1);
            return r;
        },
        [](const Wide& x) {
            return Rows(Wide::LinSpaced(equations, 1, equations) *
                        Wide::LinSpaced(x.size(), 1, static_cast<long double>(x.size())).transpose());
        },
        standard_points(VectorXd::Ones(5),
                        exact_minimiser(lowest, equations * (equations - 1) / (2.0 * (2 * equations + 1)))));
}

// The first and the last parameter, the first and the last equation do nothing.
LeastSquaresProblem linear_rank_1_with_zeros() {
    VectorXd lowest = VectorXd::Zero(5);
    lowest(1) = 3.0 / (2 * (2 * equations - 3));
    return least_squares(
        "linear_rank_1_with_zeros",
        []<class S>(const Vector<S>& x) {
            S sum(0);
            for (int j = 1; j + 1 < x.size(); ++j) sum = sum + S(j + 1) * x(j);
            Vector<S> r = Vector<S>::Constant(equations, S(-1));
            for (int i = 1; i + 1 < equations; ++i) r(i) = S(i) * sum - S(1);
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Zero(equations, x.size());
            for (int i = 1; i + 1 < equations; ++i)
                for (int j = 1; j + 1 < x.size(); ++j) J(i, j) = i * (j + 1);
            return J;
        },
        standard_points(VectorXd::Ones(5), exact_minimiser(lowest, (equations * equations + 3 * equations - 6) /
                                                                       (2.0 * (2 * equations - 3)))));
}

// Means of the shifted Chebyshev polynomials T_i over the nodes x, less their integrals over [0, 1].
LeastSquaresProblem chebyquad() {
    return least_squares(
        "chebyquad",
        []<class S>(const Vector<S>& x) {
            const auto n = static_cast<int>(x.size());
            Vector<S> r = Vector<S>::Constant(n, S(0));
            for (int j = 0; j < n; ++j) {
                const S z = S(2) * x(j) - S(1);
                S before(1);
                S now = z;
                for (int i = 0; i < n; ++i) {
                    r(i) = r(i) + now / S(n);
                    const S next = S(2) * z * now - before;
                    before = now;
                    now = next;
                }
            }
            for (int i = 2; i <= n; i += 2) r(i - 1) = r(i - 1) + S(1.0 / (i * i - 1));
            return r;
        },
        // The derivative of T_i(2x - 1) is 2 i U_(i-1), a Chebyshev polynomial of the second kind.
        [](const Wide& x) {
            const auto n = static_cast<int>(x.size());
            Rows J(n, n);
            for (int j = 0; j < n; ++j) {
                const long double z = 2 * x(j) - 1;
                long double before = 0;
                long double now = 1;
                for (int i = 1; i <= n; ++i) {
                    J(i - 1, j) = 2 * i * now / n;
                    const long double next = 2 * z * now - before;
                    before = now;
                    now = next;
                }
            }
            return J;
        },
        standard_points(VectorXd::LinSpaced(8, 1, 8) / 9,
                        minimiser(VectorXd{{0.04315276052, 0.1930908409, 0.2663287071, 0.5, 0.5, 0.7336712929,
                                            0.8069091591, 0.9568472395}},
                                  3.51687e-3)));
}

}  // namespace

std::vector<NamedProblem> linear_and_chebyshev_problems() {
    return {{"linear_full_rank", linear_full_rank},
            {"linear_rank_1", linear_rank_1},
            {"linear_rank_1_with_zeros", linear_rank_1_with_zeros},
            {"chebyquad", chebyquad}};
}

}  // namespace gradproof::checks
