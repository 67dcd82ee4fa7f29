// SPDX-License-Identifier: MIT
//
// The check as a Boost.Test case of a project of one's own: a failure prints the verdict.
#define BOOST_TEST_MODULE my_network
#include <boost/test/unit_test.hpp>

#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/boost_test.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/gradient.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "gradproof/network.hpp"

using namespace gradproof;

BOOST_AUTO_TEST_CASE(gradients_of_my_network) {
    checks::CourseRandom random(1);
    const Matrix<double> X = random.randn(3, 6);
    const Matrix<double> Y = random.randn(2, 6);
    const Network<double> network{.layers = {{{random.randn(4, 3), random.randn(4, 1)}, Tanh{}},
                                             {{random.randn(2, 4), random.randn(2, 1)}, Identity{}}},
                                  .loss = SquaredError{}};
    Gradients<double> gradients = backward(network, forward(network, X), Y);
    BOOST_TEST(checks::is_confirmed(checks::check_network(network, X, Y, gradients)));

    gradients.dW[1] *= 1.0001;  // wrong on purpose
    BOOST_TEST(checks::is_refuted(checks::check_network(network, X, Y, gradients)));
}

BOOST_AUTO_TEST_CASE(gradient_of_any_function) {
    const auto f = [](const Eigen::VectorXd& x) { return std::log(x.array().exp().sum()); };
    const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(5, -1, 1);
    const Eigen::VectorXd softmax = x.array().exp() / x.array().exp().sum();
    BOOST_TEST(checks::is_confirmed(checks::check_gradient(f, softmax, x)));
    BOOST_TEST(checks::is_refuted(checks::check_gradient(f, softmax.array().square(), x)));
}
