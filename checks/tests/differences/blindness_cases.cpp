// SPDX-License-Identifier: MIT
//
// Points that cannot show a mistake are named, never silently green.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::checks {
namespace {

bool warns_of(const SmallNetwork& small, Blindness blindness) {
    const auto warnings = blindness_of(small.network, small.X, small.Y);
    return std::any_of(warnings.begin(), warnings.end(),
                       [blindness](const Warning& warning) { return warning.blindness == blindness; });
}

SmallNetwork ordinary() {
    return small_network({5, 4, 3, 1}, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, 12, 0, 2);
}

BOOST_AUTO_TEST_SUITE(blindness)

BOOST_AUTO_TEST_CASE(an_ordinary_point_has_no_warnings) {
    const SmallNetwork small = ordinary();
    const auto warnings = blindness_of(small.network, small.X, small.Y);
    BOOST_TEST(warnings.empty(), (warnings.empty() ? "" : warnings.front().text));
}

BOOST_AUTO_TEST_CASE(a_dead_unit_is_named) {
    SmallNetwork small = ordinary();
    small.network.layer(1).dense.b(2) = -100;
    BOOST_TEST(warns_of(small, Blindness::dead_unit));
    const auto gradients = backward(small.network, forward(small.network, small.X), small.Y);
    const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, gradients);
    BOOST_TEST(verdict.tensors.front().not_exercised >= 5U);  // the row of dW1 that belongs to the unit
}

BOOST_AUTO_TEST_CASE(a_saturated_output_is_named) {
    SmallNetwork small = ordinary();
    small.network.layer(3).dense.b(0) = 60;
    BOOST_TEST(warns_of(small, Blindness::saturated_output));
}

BOOST_AUTO_TEST_CASE(a_vanishing_gradient_is_named) {
    BOOST_TEST(warns_of(small_network({5, 4, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 12, 0, 2, 0.001),
                        Blindness::vanishing_gradient));
}

BOOST_AUTO_TEST_CASE(an_all_zero_gradient_is_named) {
    SmallNetwork small = ordinary();
    small.network.layer(2).dense.b.setConstant(-100);
    BOOST_TEST(warns_of(small, Blindness::zero_gradient));
}

BOOST_AUTO_TEST_CASE(a_square_weight_matrix_is_named) {
    BOOST_TEST(
        warns_of(small_network({4, 3, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 12), Blindness::equal_sizes));
}

BOOST_AUTO_TEST_CASE(a_single_example_is_named) {
    BOOST_TEST(
        warns_of(small_network({4, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 1), Blindness::single_example));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
