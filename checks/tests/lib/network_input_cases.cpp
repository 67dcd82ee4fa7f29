// SPDX-License-Identifier: MIT
//
// What does not fit is refused through the C++ interface with a message that names it.
#include <boost/test/unit_test.hpp>
#include <complex>
#include <functional>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::checks {
namespace {

SmallNetwork good() {
    return small_network({4, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 5);
}

void refuses(const std::function<void()>& call, const std::string& message) {
    BOOST_CHECK_EXCEPTION(call(), std::invalid_argument, [&](const std::exception& error) {
        BOOST_TEST(error.what() == message);
        return error.what() == message;
    });
}

BOOST_AUTO_TEST_SUITE(network_input)

BOOST_AUTO_TEST_CASE(weights_that_do_not_fit_the_layer_before) {
    SmallNetwork small = good();
    small.network.layer(2).dense.W = Matrix<double>::Ones(1, 4);
    refuses([&] { forward(small.network, small.X); }, "W2 is 1 x 4, but A1 has 3 rows: W2 needs 3 columns");
    small = good();
    small.X = Matrix<double>::Ones(5, 4);
    refuses([&] { forward(small.network, small.X); }, "W1 is 3 x 4, but X has 5 rows: W1 needs 5 columns");
}

BOOST_AUTO_TEST_CASE(biases_that_do_not_fit) {
    SmallNetwork small = good();
    small.network.layer(1).dense.b = Vector<double>::Ones(2);
    refuses([&] { forward(small.network, small.X); }, "b1 has 2 entries, but W1 is 3 x 4: b1 needs 3");
}

BOOST_AUTO_TEST_CASE(labels_that_do_not_fit) {
    SmallNetwork small = good();
    const Matrix<double> Y = small.Y.transpose();
    const auto cache = forward(small.network, small.X);
    refuses([&] { cost(small.network, cache, Y); }, "Y is 5 x 1, but the network's output is 1 x 5");
    refuses([&] { backward(small.network, cache, Y); }, "Y is 5 x 1, but the network's output is 1 x 5");
    refuses([&] { differentiate_network(small.network, small.X, Y); }, "Y is 5 x 1, but the network's output is 1 x 5");
}

BOOST_AUTO_TEST_CASE(weights_of_examples_that_do_not_fit) {
    SmallNetwork small = good();
    small.network.example_weights = Matrix<double>::Ones(5, 1);
    refuses([&] { forward(small.network, small.X); },
            "the weights of the examples are 5 x 1, but X has 5 examples: they need to be 1 x 5");
    small.network.example_weights = Matrix<double>::Zero(1, 5);
    refuses([&] { differentiate_network(small.network, small.X, small.Y); },
            "the weights of all examples are 0: the cost has no loss in it");
}

BOOST_AUTO_TEST_CASE(no_examples_and_no_layers) {
    SmallNetwork small = good();
    refuses([&] { forward(small.network, Matrix<double>(4, 0)); },
            "X holds no example: it is 4 x 0, with examples in columns");
    refuses([&] { forward(Network<double>{.layers = {}, .loss = SquaredError{}}, small.X); },
            "a network needs at least one layer");
}

BOOST_AUTO_TEST_CASE(a_minus_y_without_a_canonical_pairing) {
    SmallNetwork small = small_network({4, 3, 1}, Tanh{}, Sigmoid{}, SquaredError{}, 5);
    const auto cache = forward(small.network, small.X);
    refuses([&] { backward(small.network, cache, small.Y, OutputRoute::a_minus_y); },
            "dZ = A - Y does not hold for sigmoid with squared_error: take the route through dA");
}

BOOST_AUTO_TEST_CASE(complex_numbers_in_a_formula_that_compares) {
    using Complex = std::complex<double>;
    Network<Complex> network{.layers = {{{Matrix<Complex>::Ones(1, 1), Vector<Complex>::Ones(1)}, Relu{}}},
                             .loss = SquaredError{}};
    refuses([&] { forward(network, Matrix<Complex>(Matrix<Complex>::Ones(1, 1))); },
            "relu compares numbers, so it does not run on numbers without an order");
}

BOOST_AUTO_TEST_CASE(gradients_of_another_shape) {
    SmallNetwork small = good();
    auto gradients = backward(small.network, forward(small.network, small.X), small.Y);
    gradients.dW[1].transposeInPlace();
    refuses([&] { check_network(small.network, small.X, small.Y, gradients); },
            "dW1 is 4 x 3, but the parameter it belongs to is 3 x 4");
}

// NaN in an input makes costs NaN: undecided with that reason, while a NaN in the gradient itself is refuted.
BOOST_AUTO_TEST_CASE(nan_is_never_green) {
    SmallNetwork small = good();
    small.X(1, 2) = std::nan("");
    const auto gradients = backward(small.network, forward(small.network, small.X), small.Y);
    const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, gradients);
    BOOST_TEST((verdict.outcome() != Outcome::confirmed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
