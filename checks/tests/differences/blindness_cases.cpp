// SPDX-License-Identifier: MIT
//
// Points that cannot show a mistake are named, never silently green.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "gradproof/checks/network_check.hpp"
#include "tests/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

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

void an_ordinary_point_has_no_warnings() {
    const SmallNetwork small = ordinary();
    const auto warnings = blindness_of(small.network, small.X, small.Y);
    BOOST_TEST(warnings.empty(), (warnings.empty() ? "" : warnings.front().text));
}

void a_dead_unit_is_named() {
    SmallNetwork small = ordinary();
    small.network.layer(1).b(2) = -100;
    BOOST_TEST(warns_of(small, Blindness::dead_unit));
    const auto gradients = backward(small.network, forward(small.network, small.X), small.Y);
    const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, gradients);
    BOOST_TEST(verdict.tensors.front().not_exercised >= 5U);  // the row of dW1 that belongs to the unit
}

void a_saturated_output_is_named() {
    SmallNetwork small = ordinary();
    small.network.layer(3).b(0) = 60;
    BOOST_TEST(warns_of(small, Blindness::saturated_output));
}

void a_vanishing_gradient_is_named() {
    BOOST_TEST(warns_of(small_network({5, 4, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 12, 0, 2, 0.001),
                        Blindness::vanishing_gradient));
}

void an_all_zero_gradient_is_named() {
    SmallNetwork small = ordinary();
    small.network.layer(2).b.setConstant(-100);
    BOOST_TEST(warns_of(small, Blindness::zero_gradient));
}

void a_square_weight_matrix_is_named() {
    BOOST_TEST(
        warns_of(small_network({4, 3, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 12), Blindness::equal_sizes));
}

void a_single_example_is_named() {
    BOOST_TEST(
        warns_of(small_network({4, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 1), Blindness::single_example));
}

}  // namespace

void add_blindness_cases() {
    add_case("blindness/an_ordinary_point_has_no_warnings", an_ordinary_point_has_no_warnings);
    add_case("blindness/a_dead_unit_is_named", a_dead_unit_is_named);
    add_case("blindness/a_saturated_output_is_named", a_saturated_output_is_named);
    add_case("blindness/a_vanishing_gradient_is_named", a_vanishing_gradient_is_named);
    add_case("blindness/an_all_zero_gradient_is_named", an_all_zero_gradient_is_named);
    add_case("blindness/a_square_weight_matrix_is_named", a_square_weight_matrix_is_named);
    add_case("blindness/a_single_example_is_named", a_single_example_is_named);
}

}  // namespace gradproof::checks
