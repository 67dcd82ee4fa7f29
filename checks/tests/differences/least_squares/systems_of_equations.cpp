// SPDX-License-Identifier: MIT
//
// Moré, Garbow, Hillstrom, problems 26, 27, 30 and 31.
#include <algorithm>
#include <cmath>

#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"

namespace gradproof::checks {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using Wide = Vector<long double>;
using Rows = Matrix<long double>;

LeastSquaresProblem trigonometric() {
    return least_squares(
        "trigonometric",
        []<class S>(const Vector<S>& x) {
            using std::cos;
            using std::sin;
            const auto n = static_cast<int>(x.size());
            S sum(n);
            for (int j = 0; j < n; ++j) sum = sum - cos(x(j));
            Vector<S> r(n);
            for (int i = 0; i < n; ++i) r(i) = sum + S(i + 1) * (S(1) - cos(x(i))) - sin(x(i));
            return r;
        },
        [](const Wide& x) {
            const auto n = static_cast<int>(x.size());
            Rows J(n, n);
            for (int j = 0; j < n; ++j) {
                J.col(j).setConstant(std::sin(x(j)));
                J(j, j) = (j + 2) * std::sin(x(j)) - std::cos(x(j));
            }
            return J;
        },
        standard_points(VectorXd::Constant(10, 0.1),
                        minimiser(VectorXd{{0.05515090324402, 0.05684061600393, 0.05876400088524, 0.06099060768733,
                                            0.06362621257478, 0.06684317811974, 0.2081615194335, 0.1643630979398,
                                            0.08500689057144, 0.09143144690388}},
                                  2.79506e-5)));
}

LeastSquaresProblem brown_almost_linear() {
    return least_squares(
        "brown_almost_linear",
        []<class S>(const Vector<S>& x) {
            const auto n = static_cast<int>(x.size());
            S sum(0);
            S product(1);
            for (int j = 0; j < n; ++j) {
                sum = sum + x(j);
                product = product * x(j);
            }
            Vector<S> r(n);
            for (int i = 0; i + 1 < n; ++i) r(i) = x(i) + sum - S(n + 1);
            r(n - 1) = product - S(1);
            return r;
        },
        [](const Wide& x) {
            const Index n = x.size();
            Rows J = Rows::Ones(n, n) + Rows::Identity(n, n);
            for (Index j = 0; j < n; ++j) {
                Wide others = x;
                others(j) = 1;
                J(n - 1, j) = others.prod();
            }
            return J;
        },
        standard_points(VectorXd::Constant(10, 0.5), minimiser(VectorXd::Ones(10), 0)));
}

LeastSquaresProblem broyden_tridiagonal() {
    return least_squares(
        "broyden_tridiagonal",
        []<class S>(const Vector<S>& x) {
            const Index n = x.size();
            Vector<S> r(n);
            for (Index i = 0; i < n; ++i) {
                r(i) = (S(3) - S(2) * x(i)) * x(i) + S(1);
                if (i > 0) r(i) = r(i) - x(i - 1);
                if (i + 1 < n) r(i) = r(i) - S(2) * x(i + 1);
            }
            return r;
        },
        [](const Wide& x) {
            Rows J = Rows::Zero(x.size(), x.size());
            J.diagonal() = 3 - 4 * x.array();
            J.diagonal(-1).setConstant(-1);
            J.diagonal(1).setConstant(-2);
            return J;
        },
        standard_points(VectorXd::Constant(10, -1),
                        minimiser(VectorXd{{-0.5707221320112, -0.6818069499843, -0.7022100760177, -0.7055106298951,
                                            -0.7049061557287, -0.7014966070299, -0.6918893223548, -0.6657965144059,
                                            -0.5960351090264, -0.4164122575287}},
                                  0)));
}

LeastSquaresProblem broyden_banded() {
    return least_squares(
        "broyden_banded",
        []<class S>(const Vector<S>& x) {
            const Index n = x.size();
            Vector<S> r(n);
            for (Index i = 0; i < n; ++i) {
                r(i) = x(i) * (S(2) + S(5) * square(x(i))) + S(1);
                for (Index j = std::max<Index>(0, i - 5); j <= std::min(n - 1, i + 1); ++j)
                    if (j != i) r(i) = r(i) - x(j) * (S(1) + x(j));
            }
            return r;
        },
        [](const Wide& x) {
            const Index n = x.size();
            Rows J = Rows::Zero(n, n);
            for (Index i = 0; i < n; ++i) {
                for (Index j = std::max<Index>(0, i - 5); j <= std::min(n - 1, i + 1); ++j) J(i, j) = -1 - 2 * x(j);
                J(i, i) = 2 + 15 * square(x(i));
            }
            return J;
        },
        standard_points(VectorXd::Constant(10, -1),
                        minimiser(VectorXd{{-0.4283028635873, -0.4765964243563, -0.5196524636469, -0.5580993248322,
                                            -0.5925061568295, -0.6245036821995, -0.6232394714406, -0.6213938417966,
                                            -0.6204535966591, -0.5864692707204}},
                                  0)));
}

}  // namespace

std::vector<NamedProblem> systems_of_equations() {
    return {{"trigonometric", trigonometric},
            {"brown_almost_linear", brown_almost_linear},
            {"broyden_tridiagonal", broyden_tridiagonal},
            {"broyden_banded", broyden_banded}};
}

}  // namespace gradproof::checks
