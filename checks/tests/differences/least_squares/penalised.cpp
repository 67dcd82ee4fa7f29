// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 23 to 25.
#include <cmath>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

LeastSquaresProblem penalty_1() {
    static const double a = std::sqrt(1e-5);
    return least_squares(
        "penalty_1",
        []<class S>(const Vector<S>& x) {
            Vector<S> r(x.size() + 1);
            S sum(0);
            for (Index i = 0; i < x.size(); ++i) {
                r(i) = S(a) * (x(i) - S(1));
                sum = sum + square(x(i));
            }
            r(x.size()) = sum - S(0.25);
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Zero(x.size() + 1, x.size());
            J.diagonal().setConstant(a);
            J.bottomRows(1) = 2 * x.transpose();
            return J;
        },
        standard_points(VectorXd{{1, 2, 3, 4}}, minimiser(VectorXd::Constant(4, 0.2500074995875), 2.24997e-5)));
}

LeastSquaresProblem penalty_2() {
    static const double a = std::sqrt(1e-5);
    return least_squares(
        "penalty_2",
        []<class S>(const Vector<S>& x) {
            using std::exp;
            const auto n = static_cast<int>(x.size());
            Vector<S> r(2 * n);
            r(0) = x(0) - S(0.2);
            S sum(0);
            for (int i = 0; i < n; ++i) {
                const double y = std::exp((i + 1) / 10.0) + std::exp(i / 10.0);
                if (i > 0) r(i) = S(a) * (exp(x(i) / S(10)) + exp(x(i - 1) / S(10)) - S(y));
                if (i > 0) r(n + i - 1) = S(a) * (exp(x(i) / S(10)) - S(std::exp(-0.1)));
                sum = sum + S(n - i) * square(x(i));
            }
            r(2 * n - 1) = sum - S(1);
            return r;
        },
        [](const Wide& x) {
            const auto n = static_cast<int>(x.size());
            Rows J = Rows::Zero(2 * n, n);
            J(0, 0) = 1;
            for (int i = 1; i < n; ++i) {
                J(i, i) = J(n + i - 1, i) = a * std::exp(x(i) / 10) / 10;
                J(i, i - 1) = a * std::exp(x(i - 1) / 10) / 10;
            }
            for (int i = 0; i < n; ++i) J(2 * n - 1, i) = 2 * (n - i) * x(i);
            return J;
        },
        standard_points(
            VectorXd::Constant(4, 0.5),
            minimiser(VectorXd{{0.1999993333504, 0.1913166961698, 0.4801014887643, 0.5188454033747}}, 9.37629e-6)));
}

LeastSquaresProblem variably_dimensioned() {
    return least_squares(
        "variably_dimensioned",
        []<class S>(const Vector<S>& x) {
            const auto n = static_cast<int>(x.size());
            Vector<S> r(n + 2);
            S sum(0);
            for (int i = 0; i < n; ++i) {
                r(i) = x(i) - S(1);
                sum = sum + S(i + 1) * (x(i) - S(1));
            }
            r(n) = sum;
            r(n + 1) = square(sum);
            return r;
        },
        [](const Wide& x) {
            const Index n = x.size();
            Rows J = Rows::Identity(n + 2, n);
            const Wide j = Wide::LinSpaced(n, 1, static_cast<long double>(n));
            const long double sum = j.dot(x - Wide::Ones(n));
            J.row(n) = j.transpose();
            J.row(n + 1) = 2 * sum * j.transpose();
            return J;
        },
        standard_points(1 - VectorXd::LinSpaced(10, 1, 10).array() / 10, minimiser(VectorXd::Ones(10), 0)));
}

}  // namespace

std::vector<NamedProblem> penalised_problems() {
    return {{"penalty_1", penalty_1}, {"penalty_2", penalty_2}, {"variably_dimensioned", variably_dimensioned}};
}

}  // namespace gradproof::checks
