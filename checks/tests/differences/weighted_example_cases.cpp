// SPDX-License-Identifier: MIT
//
// Weights of the examples: gradients that have them are confirmed, others refuted, at kinks and with masks too; and the
// estimates are those of the weighted cost itself, differentiated as one function.
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::checks {
namespace {

Matrix<double> one_row(std::vector<double> numbers) {
    return Eigen::Map<Matrix<double>>(numbers.data(), 1, static_cast<Eigen::Index>(numbers.size()));
}

// Different ones, equal ones, a 0 and a negative one.
const Matrix<double> weights = one_row({2, 0.5, 0, 2, -1.5});

std::vector<SmallNetwork> weighted_networks() {
    std::vector<SmallNetwork> all{small_network({4, 3, 2}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 5, 0.7),
                                  small_network({4, 3, 2}, Tanh{}, Sigmoid{}, SquaredError{}, 5),
                                  small_network({4, 3, 2}, Relu{}, Softmax{}, CategoricalCrossEntropy{}, 5, 0.1)};
    // Softmax and cross-entropy are canonical for labels that add up to 1.
    all.back().Y.row(1) = (1 - all.back().Y.row(0).array()).matrix();
    for (SmallNetwork& small : all) small.network.example_weights = weights;
    return all;
}

Outcome outcome_for(const SmallNetwork& small, const Gradients<double>& gradients) {
    return check_network(small.network, small.X, small.Y, gradients).outcome();
}

Gradients<double> gradients_of(const Network<double>& network, const SmallNetwork& small) {
    return backward(network, forward(network, small.X), small.Y);
}

BOOST_AUTO_TEST_SUITE(weighted_examples)

BOOST_AUTO_TEST_CASE(gradients_with_the_weights_are_confirmed) {
    for (const SmallNetwork& small : weighted_networks())
        for (const TensorVerdict& tensor :
             check_network(small.network, small.X, small.Y, gradients_of(small.network, small)).tensors)
            BOOST_TEST((tensor.outcome() == Outcome::confirmed), describe(tensor));
}

BOOST_AUTO_TEST_CASE(both_routes_to_dZ_have_them, *boost::unit_test::tolerance(1e-12)) {
    const SmallNetwork small = weighted_networks().front();
    const Cache<double> cache = forward(small.network, small.X);
    const Matrix<double> a_minus_y = backward(small.network, cache, small.Y, OutputRoute::a_minus_y).dZ[2];
    const Matrix<double> through_dA = backward(small.network, cache, small.Y, OutputRoute::through_dA).dZ[2];
    BOOST_TEST((a_minus_y - through_dA).norm() <= 1e-12 * a_minus_y.norm());
    BOOST_TEST(a_minus_y.col(2).norm() == 0);
}

BOOST_AUTO_TEST_CASE(the_estimates_are_those_of_the_whole_cost) {
    for (const SmallNetwork& small : weighted_networks()) {
        const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y);
        const auto cost_at = [&](double moved) {
            Network<double> network = small.network;
            network.layer(1).dense.W(1, 2) = moved;
            return cost(network, forward(network, small.X), small.Y);
        };
        const Estimate whole = derivative_with_error_bar(cost_at, small.network.layer(1).dense.W(1, 2));
        const Estimate& entry = estimates.dW[1](1, 2);
        BOOST_TEST(std::abs(entry.value - whole.value) <= entry.error_bar + whole.error_bar);
        BOOST_TEST(entry.error_bar <= 1e-6 * std::abs(entry.value));
    }
}

BOOST_AUTO_TEST_CASE(gradients_without_the_weights_are_refuted, *boost::unit_test::label("negative")) {
    for (const SmallNetwork& small : weighted_networks()) {
        Network<double> plain = small.network;
        plain.example_weights.resize(0, 0);
        const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, gradients_of(plain, small));
        for (const TensorVerdict& tensor : verdict.tensors)
            BOOST_TEST((tensor.outcome() == Outcome::refuted), tensor.name);
    }
}

BOOST_AUTO_TEST_CASE(gradients_with_their_squares_are_refuted, *boost::unit_test::label("negative")) {
    for (const SmallNetwork& small : weighted_networks()) {
        Network<double> twice = small.network;
        twice.example_weights = weights.cwiseAbs2();
        BOOST_TEST((outcome_for(small, gradients_of(twice, small)) == Outcome::refuted));
    }
}

// What is masked does not move the cost, and a derivative of it that is not 0 is wrong.
BOOST_AUTO_TEST_CASE(a_masked_example_has_no_derivative, *boost::unit_test::label("negative")) {
    const SmallNetwork small = weighted_networks().front();
    Gradients<double> gradients = gradients_of(small.network, small);
    gradients.dZ[2](0, 2) = 1e-3;
    BOOST_TEST((outcome_for(small, gradients) == Outcome::refuted));
}

// One unit of ReLU, on its kink in the first example: its slopes 0 and -1 become 0 and 2
// with the weight -2.
BOOST_AUTO_TEST_CASE(at_a_kink_the_sides_stay_what_they_are) {
    Network<double> network{.layers = {{{one_row({1}), Vector<double>::Zero(1)}, Relu{}},
                                       {{one_row({1}), Vector<double>::Zero(1)}, Identity{}}},
                            .loss = SquaredError{},
                            .lambda = 0,
                            .example_weights = one_row({-2})};
    const Estimate db = differentiate_network(network, one_row({0}), one_row({1})).db[1](0, 0);
    BOOST_TEST(db.from_below == 0);
    BOOST_TEST(db.from_above == 2);
    BOOST_TEST((judge(1, db).outcome == Outcome::confirmed));
    BOOST_TEST((judge(-1, db).outcome == Outcome::refuted));
    BOOST_TEST((judge(2.1, db).outcome == Outcome::refuted));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
