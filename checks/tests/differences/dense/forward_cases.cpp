// SPDX-License-Identifier: MIT
//
// The evaluation of moved rows is a forward pass: it equals one from the start, with the parameter really changed, to
// the last digits; and its estimates raise no false alarm.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "differences/network/network_probe.hpp"
#include "differences/network/rounding.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

struct Output {
    AnyActivation activation;
    AnyLoss loss;
    Eigen::Index units;
};

std::vector<Output> outputs() {
    return {{Sigmoid{}, BinaryCrossEntropy{}, 1},
            {Softmax{}, CategoricalCrossEntropy{}, 3},
            {Identity{}, SquaredError{}, 2},
            {Tanh{}, SquaredError{}, 2}};
}

SmallNetwork network_with(const AnyActivation& hidden, const Output& output) {
    SmallNetwork small = small_network({6, 5, 4, output.units}, hidden, output.activation, output.loss, 7, 0, 3, 0.7);
    if (output.units == 3) {  // one-hot labels
        small.Y.setZero();
        for (Eigen::Index i = 0; i < 7; ++i) small.Y(i % 3, i) = 1;
    }
    return small;
}

// W[l](j, k) changed in the network itself, and a whole forward pass.
Matrix<double> losses_of_changed_network(const SmallNetwork& small, std::size_t l, Eigen::Index j, Eigen::Index k,
                                         double h) {
    Network<double> changed = small.network;
    changed.layer(l).dense.W(j, k) += h;
    return example_losses(changed, forward(changed, small.X), small.Y);
}

void equals_a_full_forward_pass(const AnyActivation& hidden, const Output& output) {
    const SmallNetwork small = network_with(hidden, output);
    const RowProbe<double> probe(small.network, small.X, small.Y);
    std::size_t compared = 0;
    for (std::size_t l = 1; l <= small.network.depth(); ++l) {
        // The full pass rounds Z[l] too, a sum over the layer before: as if it began one layer earlier.
        const Matrix<double> rounding = rounding_of_losses(probe, l == 1 ? 1 : l - 1) * 4;
        const Matrix<double>& W = small.network.layer(l).dense.W;
        for (Eigen::Index j = 0; j < W.rows(); ++j) {
            for (const Eigen::Index k : {Eigen::Index{0}, W.cols() - 1}) {
                for (const double h : {0.25, -0x1p-7}) {
                    const Matrix<double> full = losses_of_changed_network(small, l, j, k, h);
                    const Matrix<double> losses = probe.losses_with_Z(l, j, Matrix<double>(probe.A(l - 1).row(k) * h));
                    for (Eigen::Index i = 0; i < small.X.cols(); ++i, ++compared)
                        BOOST_TEST(std::abs(losses(0, i) - full(0, i)) <= rounding(0, i),
                                   fmt::format("W{}({}, {}) + {}: {:.17g} and {:.17g}, rounding {:.1g}", l, j, k, h,
                                               losses(0, i), full(0, i), rounding(0, i)));
                }
            }
        }
    }
    BOOST_TEST(compared > 100U);
}

void no_false_alarm(const AnyActivation& hidden, double weights, double biases, double lambda) {
    std::size_t checked = 0;
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        const SmallNetwork small =
            small_network({20, 9, 6, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, 23, lambda, seed, weights, biases);
        const Cache<double> cache = forward(small.network, small.X);
        Gradients<double> gradients = backward(small.network, cache, small.Y);
        gradients.dA.back() = loss_derivative(small.network, cache, small.Y);
        const auto tensors = judge_gradients(gradients, differentiate_network(small.network, small.X, small.Y));
        BOOST_TEST((outcome_of(tensors) == Outcome::confirmed), "seed " << seed << "\n" << describe(tensors));
        for (const TensorVerdict& tensor : tensors) checked += tensor.checked();
    }
    BOOST_TEST(checked > 5000U);
}

namespace forward_suite {
BOOST_AUTO_TEST_SUITE(speed)
BOOST_AUTO_TEST_SUITE(forward)

// A pass that forgot to move anything, or moved the wrong unit, would not equal the full one.
BOOST_AUTO_TEST_CASE(differs_from_the_unchanged_pass, *boost::unit_test::label("negative")) {
    const SmallNetwork small = network_with(Tanh{}, outputs().front());
    const RowProbe<double> probe(small.network, small.X, small.Y);
    const Matrix<double> unchanged = example_losses(small.network, probe.cache, small.Y);
    const Matrix<double> change = Matrix<double>::Constant(1, small.X.cols(), 0.25);
    BOOST_TEST(std::abs(probe.losses_with_Z(1, 0, change)(0, 0) - unchanged(0, 0)) > 1e-4);
    BOOST_TEST(std::abs(probe.losses_with_A(0, 0, change)(0, 0) - unchanged(0, 0)) > 1e-4);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace forward_suite

}  // namespace

void add_forward_cases() {
    for (const AnyActivation& hidden :
         {AnyActivation(Tanh{}), AnyActivation(Relu{}), AnyActivation(Sigmoid{}), AnyActivation(Softplus{}),
          AnyActivation(LeakyRelu{}), AnyActivation(Softmax{})})
        for (const Output& output : outputs())
            add_case(fmt::format("speed/forward/{}/{}/{}/equals_a_full_pass", name_of(hidden),
                                 name_of(output.activation), name_of(output.loss)),
                     [hidden, output] { equals_a_full_forward_pass(hidden, output); });
    for (const AnyActivation& hidden :
         {AnyActivation(Tanh{}), AnyActivation(Relu{}), AnyActivation(Sigmoid{}), AnyActivation(Softplus{})})
        for (const double weights : {1.0, 0.1, 0.01})
            for (const double biases : {0.0, 0.3})
                for (const double lambda : {0.0, 0.7})
                    add_case(fmt::format("speed/no_false_alarm/{}/weights_times_{}/{}/{}", name_of(hidden), weights,
                                         biases == 0 ? "zero_biases" : "random_biases",
                                         lambda == 0 ? "plain" : "regularised"),
                             [=] { no_false_alarm(hidden, weights, biases * weights, lambda); });
}

}  // namespace gradproof::checks
