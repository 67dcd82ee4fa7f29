// SPDX-License-Identifier: MIT
//
// check_gradient and check_jacobian on functions that are no networks.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <tuple>

#include "gradproof/checks/gradient.hpp"

namespace gradproof::checks {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

double rosenbrock(const VectorXd& x) {
    double sum = 0;
    for (Eigen::Index i = 0; i + 1 < x.size(); ++i)
        sum += 100 * std::pow(x(i + 1) - x(i) * x(i), 2) + std::pow(1 - x(i), 2);
    return sum;
}

VectorXd rosenbrock_gradient(const VectorXd& x) {
    VectorXd gradient = VectorXd::Zero(x.size());
    for (Eigen::Index i = 0; i + 1 < x.size(); ++i) {
        gradient(i) += -400 * x(i) * (x(i + 1) - x(i) * x(i)) - 2 * (1 - x(i));
        gradient(i + 1) += 200 * (x(i + 1) - x(i) * x(i));
    }
    return gradient;
}

const VectorXd point{{1.2, -0.7, 0.3, 2.0, -1.5}};

BOOST_AUTO_TEST_SUITE(gradients)

BOOST_AUTO_TEST_CASE(the_right_gradient_is_confirmed) {
    const TensorVerdict verdict = check_gradient(rosenbrock, rosenbrock_gradient(point), point);
    BOOST_TEST(verdict.outcome() == Outcome::confirmed, describe({verdict}));
    BOOST_TEST(verdict.checked() == 5U);
    BOOST_TEST(verdict.least_digits > 8);
}

// At 2 the narrowest bars of the two sides just miss each other: no kink, but two estimates of one slope.
BOOST_AUTO_TEST_CASE(sides_a_little_apart_are_no_kink) {
    const VectorXd x = VectorXd::LinSpaced(4, -1, 2);
    const auto f = [](const VectorXd& v) { return (-v.array().square()).exp().sum(); };
    const VectorXd gradient = -2 * x.array() * (-x.array().square()).exp();
    const TensorVerdict verdict = check_gradient(f, gradient, x);
    BOOST_TEST(verdict.outcome() == Outcome::confirmed, describe({verdict}));
    BOOST_TEST(verdict.subgradients == 0U);
    BOOST_TEST(check_gradient(f, VectorXd(gradient * (1 + 1e-6)), x).outcome() == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(one_entry_off_is_found_at_its_place) {
    for (Eigen::Index wrong = 0; wrong < point.size(); ++wrong) {
        VectorXd gradient = rosenbrock_gradient(point);
        gradient(wrong) *= 1 + 1e-6;
        const TensorVerdict verdict = check_gradient(rosenbrock, gradient, point);
        BOOST_TEST(verdict.refuted == 1U);
        BOOST_TEST(verdict.worst.front().column == wrong);
    }
}

// f(a) = exp(-a . x), as Ceres tests its checker: an offset far below any fixed tolerance must be seen.
BOOST_AUTO_TEST_CASE(a_jacobian_off_by_1e_minus_9_is_refuted) {
    const VectorXd x{{0.3, -0.5, 0.8}};
    const VectorXd a{{0.2, 0.7, -0.4}};
    const auto f = [&](const VectorXd& parameters) -> VectorXd {
        return VectorXd{{std::exp(-parameters.dot(x)), std::sin(parameters.sum())}};
    };
    MatrixXd jacobian(2, 3);
    jacobian.row(0) = -std::exp(-a.dot(x)) * x.transpose();
    jacobian.row(1).setConstant(std::cos(a.sum()));
    BOOST_TEST(check_jacobian(f, jacobian, a).outcome() == Outcome::confirmed);
    for (Eigen::Index row = 0; row < 2; ++row)
        for (Eigen::Index column = 0; column < 3; ++column) {
            MatrixXd off = jacobian;
            off(row, column) += 1e-9;
            const TensorVerdict verdict = check_jacobian(f, off, a);
            BOOST_TEST(verdict.refuted == 1U);
            BOOST_TEST(verdict.worst.front().row == row);
            BOOST_TEST(verdict.worst.front().column == column);
        }
}

BOOST_AUTO_TEST_CASE(a_transposed_jacobian_is_refuted) {
    MatrixXd A(3, 3);
    A << 1, 2, 3, 4, 5, 6, 7, 8, 10;
    const auto f = [&](const VectorXd& x) -> VectorXd { return A * x; };
    const VectorXd x{{0.1, 0.2, 0.3}};
    BOOST_TEST(check_jacobian(f, A, x).outcome() == Outcome::confirmed);
    BOOST_TEST(check_jacobian(f, A.transpose(), x).refuted == 6U);
}

BOOST_AUTO_TEST_CASE(a_forgotten_factor_is_refuted_at_every_scale) {
    for (const double scale : {1e-12, 1e-6, 1.0, 1e6, 1e12}) {
        const auto f = [scale](const VectorXd& x) { return scale * x.squaredNorm(); };
        const VectorXd x{{0.5, -1.5}};
        BOOST_TEST(check_gradient(f, 2 * scale * x, x).outcome() == Outcome::confirmed);
        BOOST_TEST(check_gradient(f, scale * x, x).refuted == 2U);
    }
}

BOOST_AUTO_TEST_CASE(an_input_that_does_nothing_is_not_exercised) {
    const auto f = [](const VectorXd& x) { return std::exp(x(0)); };
    const VectorXd x{{0.5, 3.0}};
    const TensorVerdict verdict = check_gradient(f, VectorXd{{std::exp(0.5), 0.0}}, x);
    BOOST_TEST(verdict.outcome() == Outcome::confirmed);
    BOOST_TEST(verdict.not_exercised == 1U);
    BOOST_TEST(check_gradient(f, VectorXd{{std::exp(0.5), 1e-12}}, x).refuted == 1U);
}

BOOST_AUTO_TEST_CASE(a_gradient_that_is_not_finite_is_refuted) {
    VectorXd gradient = rosenbrock_gradient(point);
    gradient(2) = std::nan("");
    const TensorVerdict verdict = check_gradient(rosenbrock, gradient, point);
    BOOST_TEST(verdict.refuted == 1U);
    BOOST_TEST(verdict.worst.front().column == 2);
}

BOOST_AUTO_TEST_CASE(wrong_sizes_are_refused) {
    BOOST_CHECK_THROW(std::ignore = check_gradient(rosenbrock, VectorXd::Zero(4), point), std::invalid_argument);
    BOOST_CHECK_THROW(std::ignore = check_gradient(rosenbrock, VectorXd(), VectorXd()), std::invalid_argument);
    BOOST_CHECK_THROW(
        std::ignore = check_jacobian([](const VectorXd& x) { return x; }, MatrixXd::Zero(2, 3), VectorXd::Ones(2)),
        std::invalid_argument);
    // A function that changes its mind about how many values it returns.
    const auto fickle = [](const VectorXd& x) -> VectorXd { return VectorXd::Ones(x(0) > 0.5 ? 2 : 1); };
    BOOST_CHECK_THROW(std::ignore = check_jacobian(fickle, MatrixXd::Zero(1, 1), VectorXd::Constant(1, 0.5)),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
