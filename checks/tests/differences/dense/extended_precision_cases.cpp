// SPDX-License-Identifier: MIT
//
// Entries too small for differences in double: what the extended-precision fallback says of them, against dual numbers
// carried through a whole forward pass from the entry itself.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/dual.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

using Number = Dual<long double>;

constexpr std::uint32_t networks = 12;

SmallNetwork vanishing_network(const AnyActivation& hidden, double lambda, std::uint32_t seed) {
    return small_network({12, 9, 6, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, 17, lambda, seed, 0.003, 0.001);
}

double derivative_of_cost(const SmallNetwork& small, std::size_t l, Eigen::Index j, Eigen::Index k) {
    Network<Number> network = cast<Number>(small.network);
    network.layer(l).dense.W(j, k).derivative = 1;
    const auto X = Matrix<Number>(small.X.cast<Number>());
    return static_cast<double>(cost(network, forward(network, X), Matrix<Number>(small.Y.cast<Number>())).derivative);
}

// Compares those that came by the fallback; returns how many they are.
std::size_t compare(const SmallNetwork& small) {
    const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y, {.activations = false});
    std::size_t by_fallback = 0;
    for (std::size_t l = 1; l <= small.network.depth(); ++l)
        for (Eigen::Index k = 0; k < estimates.dW[l].columns; ++k)
            for (Eigen::Index j = 0; j < estimates.dW[l].rows; ++j) {
                const Estimate& estimate = estimates.dW[l](j, k);
                if (estimate.method != Method::extended_difference && estimate.method != Method::dual_number) continue;
                ++by_fallback;
                const double expected = derivative_of_cost(small, l, j, k);
                BOOST_TEST(std::abs(estimate.value - expected) <= estimate.error_bar,
                           fmt::format("W{}({}, {}): {:.17g} and {:.17g}, bar {:.1g}", l, j, k, estimate.value,
                                       expected, estimate.error_bar));
                // Twice the widest bar that confirms anything.
                const double off = 2e-6 * reference_magnitude(estimate);
                BOOST_TEST((judge(expected + off, estimate).outcome == Outcome::refuted));
                BOOST_TEST((judge(expected - off, estimate).outcome == Outcome::refuted));
            }
    return by_fallback;
}

void are_the_derivative_of_a_whole_pass(const AnyActivation& hidden) {
    std::size_t compared = 0;
    for (std::uint32_t seed = 1; seed <= networks; ++seed) compared += compare(vanishing_network(hidden, 0, seed));
    BOOST_TEST(compared > 100U);
}

namespace extended_precision_suite {
BOOST_AUTO_TEST_SUITE(speed)
BOOST_AUTO_TEST_SUITE(extended_precision)

// With regularisation an entry is large again, and needs no more digits than differences have.
BOOST_AUTO_TEST_CASE(large_entries_do_not_need_them) {
    const SmallNetwork small = vanishing_network(Tanh{}, 0.7, 2);
    const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y, {.activations = false});
    std::size_t checked = 0;
    for (const Estimate& estimate : estimates.dW[1].entries) {
        ++checked;
        BOOST_TEST((estimate.method == Method::central_difference));
    }
    BOOST_TEST(checked == 108U);
}

// Weights and features are multiples of a number, so that pre-activations are 0 but for their rounding, which a relu
// passes on in double and, after another rounding, not with a longer mantissa.
SmallNetwork network_of_multiples(std::uint32_t seed, double weight) {
    SmallNetwork small =
        small_network({8, 7, 6, 3}, Relu{}, Softmax{}, CategoricalCrossEntropy{}, 11, 0, seed, 2 * weight, 0);
    for (auto& layer : small.network.layers)
        layer.dense.W = ((layer.dense.W.array() / weight).round() * weight).matrix();
    small.X = small.X.array().round().matrix();
    small.Y.setZero();
    for (Eigen::Index i = 0; i < small.Y.cols(); ++i) small.Y(7 * i % small.Y.rows(), i) = 1;
    return small;
}

BOOST_AUTO_TEST_CASE(a_right_gradient_at_rounded_zeros_is_not_refuted) {
    std::size_t checked = 0;
    for (const double weight : {0.05, 0.0015})
        for (std::uint32_t seed = 1; seed <= 8; ++seed) {
            const SmallNetwork small = network_of_multiples(seed, weight);
            const Cache<double> cache = forward(small.network, small.X);
            const Gradients<double> gradients = backward(small.network, cache, small.Y);
            const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y);
            for (std::size_t l = 1; l <= small.network.depth(); ++l) {
                const TensorVerdict verdict = judge_tensor(gradients.dW[l], estimates.dW[l]);
                BOOST_TEST(verdict.refuted == 0U, describe(verdict));
                checked += verdict.checked();
            }
        }
    BOOST_TEST(checked == 16U * 116U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace extended_precision_suite

}  // namespace

void add_extended_precision_cases() {
    for (const AnyActivation& hidden : {AnyActivation(Tanh{}), AnyActivation(Relu{}), AnyActivation(Softplus{})})
        add_case(fmt::format("speed/extended_precision/{}/are_the_derivative_of_a_whole_pass", name_of(hidden)),
                 [hidden] { are_the_derivative_of_a_whole_pass(hidden); });
}

}  // namespace gradproof::checks
