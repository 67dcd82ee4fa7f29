// SPDX-License-Identifier: MIT
//
// What is right at an exact kink, and what is not: between the one-sided derivatives of the cost, or what
// backpropagation gives with one convention. derivations/kinks.md
#include <fmt/ranges.h>

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradproof/activations/hard_shrink.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/relu6.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/activations/threshold.hpp"
#include "gradproof/losses/absolute_error.hpp"
#include "gradproof/losses/hinge.hpp"
#include "gradproof/losses/quantile.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/differences/kink_sweep.hpp"

namespace gradproof::checks {
namespace {

using Of = GradientEntry::Of;

KinkedNetwork network_of(std::vector<DenseWithActivation<double>> layers, const Matrix<double>& X,
                         const Matrix<double>& Y) {
    return {.what = "by hand",
            .network = {.layers = std::move(layers), .loss = SquaredError{}, .lambda = 0},
            .X = X,
            .Y = Y};
}

Matrix<double> row(std::vector<double> numbers) {
    return Eigen::Map<Matrix<double>>(numbers.data(), 1, static_cast<Eigen::Index>(numbers.size()));
}

Matrix<double> column(std::vector<double> numbers) {
    return row(std::move(numbers)).transpose();
}

DenseWithActivation<double> layer(const Matrix<double>& W, const AnyActivation& g) {
    return {{W, Vector<double>::Zero(W.rows())}, g};
}

Verdict judged(const KinkedNetwork& kinked, const GradientEntry& entry, double value) {
    return judge(value, estimate_at(differentiate_network(kinked.network, kinked.X, kinked.Y), entry));
}

void expect(const KinkedNetwork& kinked, const GradientEntry& entry, double value, Outcome outcome) {
    const Verdict verdict = judged(kinked, entry, value);
    BOOST_TEST(verdict.outcome == outcome, name_of(entry) << " = " << value << ": " << describe(verdict));
}

BOOST_AUTO_TEST_SUITE(kinks, *boost::unit_test::label("negative"))

// hard_shrink is 0 up to 1/2 and z from there on: at 1/2 the cost has no derivative, a little to either side it has
// one.
BOOST_AUTO_TEST_CASE(where_the_value_jumps_nothing_is_decided) {
    const Matrix<double> one = row({1});
    const GradientEntry dW1{Of::dW, 1, 0, 0};
    const auto network_at = [&](double z) {
        return network_of({layer(one, HardShrink{}), layer(one, Identity{})}, row({z, 2}), row({1, 1}));
    };
    // The second example alone gives (2 - 1) 2 / 2; the first (z - 1) z / 2 if it lies to the right.
    for (const double any : {0.0, 0.5, 0.875, 1.0}) expect(network_at(0.5), dW1, any, Outcome::undecided);
    for (const double below : {0.25, 0.499, 0.5 - 1e-9}) {
        expect(network_at(below), dW1, 1, Outcome::confirmed);
        expect(network_at(below), dW1, 1 + (below - 1) * below / 2, Outcome::refuted);
    }
    for (const double above : {0.75, 0.501, 0.5 + 1e-9}) {
        expect(network_at(above), dW1, 1 + (above - 1) * above / 2, Outcome::confirmed);
        expect(network_at(above), dW1, 1, Outcome::refuted);
    }
}

// The same with a second layer behind, and with the jump in an output.
BOOST_AUTO_TEST_CASE(a_jump_in_front_of_smooth_layers_is_seen) {
    const Matrix<double> one = row({1});
    const KinkedNetwork behind =
        network_of({layer(one, Threshold{.edge = 1}), layer(one, Tanh{}), layer(one, Identity{})}, row({1, 2}), row({0, 0}));
    const KinkedNetwork output =
        network_of({layer(one, Tanh{}), layer(one, HardShrink{.threshold = std::tanh(1.0)})}, row({1, 2}), row({0, 0}));
    for (const KinkedNetwork& kinked : {behind, output}) {
        const Gradients<double> taken =
            backward(kinked.network, forward(kinked.network, kinked.X), kinked.Y, OutputRoute::through_dA);
        expect(kinked, {Of::dW, 1, 0, 0}, taken.dW[1](0, 0), Outcome::undecided);
        expect(kinked, {Of::dZ, 1, 0, 0}, taken.dZ[1](0, 0), Outcome::undecided);
        expect(kinked, {Of::dZ, 1, 0, 1}, taken.dZ[1](0, 1), Outcome::confirmed);
    }
}

// At the two examples on the kink the residuals are -1 and 1, and the sides of the cost are the same: 0.5.
BOOST_AUTO_TEST_CASE(sides_of_the_cost_agree_though_those_of_examples_do_not) {
    const Matrix<double> one = row({1});
    const KinkedNetwork kinked =
        network_of({layer(one, Relu{}), layer(one, Identity{})}, row({0, 0, 1, 2}), row({1, -1, 0.3, 0.7}));
    const GradientEntry db1{Of::db, 1, 0, 0};
    expect(kinked, db1, 0.5, Outcome::confirmed);
    for (const double wrong : {0.3, 0.7, 0.5001, 0.4999}) expect(kinked, db1, wrong, Outcome::refuted);
    const Verdict verdict = judged(kinked, db1, 0.5);
    BOOST_TEST(!verdict.estimate.is_at_kink(), describe(verdict));
}

// Three examples on the kink with residuals -1, 2 and -4 pull at different sides: the cost's are 0 and 3/4.
BOOST_AUTO_TEST_CASE(of_a_bias_between_the_sides_of_the_cost) {
    const Matrix<double> one = row({1});
    const KinkedNetwork kinked =
        network_of({layer(one, Relu{}), layer(one, Identity{})}, row({0, 0, 0, -1}), row({1, -2, -2, 5}));
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double right : {0.0, 0.75, 0.4}) expect(kinked, db1, right, Outcome::confirmed);
    for (const double wrong : {-0.25, 1.0, -1e-5, 0.7501}) expect(kinked, db1, wrong, Outcome::refuted);
    const Verdict verdict = judged(kinked, db1, 0.375);
    BOOST_TEST((verdict.remark == Remark::subgradient));
    BOOST_TEST(verdict.convention.value().c == 0.5);
}

// The input's sign decides which side of the kink a larger weight leads to: on the right the first two examples move,
// whose residuals are 2 and -1, on the left the third, whose residual is 3.
BOOST_AUTO_TEST_CASE(of_a_weight_whose_inputs_have_both_signs) {
    KinkedNetwork kinked =
        network_of({layer(row({1, 1}), Relu{}), layer(row({1}), Identity{})}, Matrix<double>(2, 3), row({-2, 1, -3}));
    kinked.X << 1, 1, -1, -1, -1, 1;
    const GradientEntry dW1{Of::dW, 1, 0, 0};
    const Sides sides = sides_of(kinked, dW1);
    BOOST_TEST(sides.below == -1.0);
    BOOST_TEST(sides.above == 1.0 / 3);
    // Backpropagation gives c (2 - 1 - 3) / 3.
    for (const double right : {-1.0, 1.0 / 3, 0.0, -2.0 / 3}) expect(kinked, dW1, right, Outcome::confirmed);
    for (const double wrong : {-1.001, 0.334, 0.5, -1.2}) expect(kinked, dW1, wrong, Outcome::refuted);
}

// With zero biases a dead unit leaves everything behind it on its kink. One slope for both layers gives c² times the
// residual; a slope for each, as in c₁ c₂, is not one convention, and nobody can say that it is wrong.
BOOST_AUTO_TEST_CASE(two_layers_at_kinks_at_once) {
    const KinkedNetwork kinked = network_of(
        {layer(row({1}), Relu{}), layer(row({-2}), Relu{}), layer(row({1}), Identity{})}, row({0, 1}), row({-4, 3}));
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double c : {0.0, 0.5, 1.0, 0.3}) expect(kinked, db1, -2 * c * c * 2, Outcome::confirmed);
    expect(kinked, db1, 1e-3, Outcome::refuted);
    expect(kinked, db1, -4.001, Outcome::refuted);
    const KinkedNetwork forked =
        network_of({layer(column({1, 1}), Relu{}), layer(row({1, -2}), Relu{}), layer(row({1}), Identity{})},
                   row({0, 0}), row({-4, -4}));
    // Both units on the right and the one behind on the left: 0 with c₂ = 0, and c₁ alone is in neither set.
    const GradientEntry dA0{Of::dA, 0, 0, 0};
    for (const double c : {0.0, 0.5, 1.0}) expect(forked, dA0, -c * c * 4, Outcome::confirmed);
    expect(forked, dA0, 0.1, Outcome::refuted);
}

// One way leads through a kink in the first layer, another, with the opposite sign, through one in the second: the
// derivative is 0, so is what any one convention gives, but the slopes a and b of the two layers give a - b.
BOOST_AUTO_TEST_CASE(layers_with_conventions_of_their_own_are_undecided) {
    KinkedNetwork kinked = network_of(
        {layer(column({1, 1}), Relu{}), layer(Matrix<double>::Identity(2, 2), Relu{}), layer(row({1, -1}), Identity{})},
        row({0}), row({2}));
    kinked.network.layer(1).dense.b << 0, 5;
    kinked.network.layer(2).dense.b << 3, -5;
    const GradientEntry dA0{Of::dA, 0, 0, 0};
    expect(kinked, dA0, 0, Outcome::confirmed);
    for (const double unlike : {1.0, -1.0, 0.6}) {
        const Verdict verdict = judged(kinked, dA0, unlike);
        BOOST_TEST(verdict.outcome == Outcome::undecided, describe(verdict));
        BOOST_TEST((verdict.remark == Remark::mixed_convention), describe(verdict));
    }
    for (const double wrong : {1.01, -1.01}) expect(kinked, dA0, wrong, Outcome::refuted);
}

// f(z) = r(z) - r(-z) = z: the derivative is 1, the convention c gives 2 c.
BOOST_AUTO_TEST_CASE(a_convention_that_is_no_derivative) {
    const KinkedNetwork kinked =
        network_of({layer(column({1, -1}), Relu{}), layer(row({1, -1}), Identity{})}, row({0}), row({-3}));
    const GradientEntry dA0{Of::dA, 0, 0, 0};
    expect(kinked, dA0, 3, Outcome::confirmed);
    for (const double c : {0.0, 1.0, 0.2}) {
        const Verdict verdict = judged(kinked, dA0, 3 * 2 * c);
        BOOST_TEST(verdict.outcome == Outcome::confirmed, describe(verdict));
        BOOST_TEST((verdict.remark == Remark::kink_convention), describe(verdict));
        BOOST_TEST(std::abs(verdict.convention.value().c - c) < 1e-9);
        BOOST_TEST(explain(verdict).find("no derivative") != std::string::npos, explain(verdict));
    }
    for (const double wrong : {-0.01, 6.01}) expect(kinked, dA0, wrong, Outcome::refuted);
}

// Where the loss does not answer, the kink does not show: dA = 0 at the example that lies on it.
BOOST_AUTO_TEST_CASE(hidden_by_a_residual_of_zero) {
    const Matrix<double> one = row({1});
    const KinkedNetwork kinked = network_of({layer(one, Relu{}), layer(one, Identity{})}, row({0, 1}), row({0, 2}));
    const GradientEntry db1{Of::db, 1, 0, 0};
    const Verdict verdict = judged(kinked, db1, -0.5);
    BOOST_TEST(verdict.outcome == Outcome::confirmed);
    BOOST_TEST((verdict.remark == Remark::none), describe(verdict));
    expect(kinked, db1, -0.4999, Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(of_leaky_relu) {
    const Matrix<double> one = row({1});
    const KinkedNetwork kinked =
        network_of({layer(one, LeakyRelu{}), layer(one, Identity{})}, row({0, 0, 0}), row({-1, -1, 4}));
    const GradientEntry db1{Of::db, 1, 0, 0};
    // The sum of the residuals is -2: between -2/3 and -2/300.
    for (const double right : {-2.0 / 3, -2.0 / 300, -0.2}) expect(kinked, db1, right, Outcome::confirmed);
    for (const double wrong : {0.0, 0.3, -0.67, 2.0 / 300}) expect(kinked, db1, wrong, Outcome::refuted);
}

// Eight layers lie on their kinks: more than there are combinations of sides to be tried.
BOOST_AUTO_TEST_CASE(many_layers_at_kinks_at_once) {
    std::vector<DenseWithActivation<double>> layers;
    for (int l = 0; l < 8; ++l) layers.push_back(layer(row({1}), LeakyRelu{}));
    layers.push_back(layer(row({1}), Identity{}));
    const KinkedNetwork kinked = network_of(std::move(layers), row({0}), row({-1}));
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double c : {0.0, 0.5, 1.0, 0.3}) expect(kinked, db1, std::pow(0.01 + 0.99 * c, 8), Outcome::confirmed);
    expect(kinked, db1, 1.5, Outcome::undecided);  // not by one convention, but its bound is not that near
    expect(kinked, db1, 4, Outcome::refuted);
}

// Weights and inputs that only nearly cancel: whoever else computes Z may find it on either side, each example's apart.
BOOST_AUTO_TEST_CASE(rounding_may_decide_the_side_of_each_example) {
    KinkedNetwork kinked =
        network_of({layer(row({1, 1, -1}), Relu{}), layer(row({1}), Identity{})}, Matrix<double>(3, 2), row({1, -1}));
    kinked.X << 0.1, 0.1, 0.2, 0.2, 0.3, 0.3;
    BOOST_TEST((forward(kinked.network, kinked.X).Z[1].array().abs() < 1e-15).all());
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double side_of_one : {-0.5, 0.5}) {
        const Verdict verdict = judged(kinked, db1, side_of_one);
        BOOST_TEST(verdict.outcome == Outcome::undecided, describe(verdict));
        BOOST_TEST((verdict.remark == Remark::mixed_convention));
    }
    expect(kinked, db1, 10, Outcome::refuted);
}

// Wrong by a hundredth of the convention's value, to the outer side of the cost's interval and to the inner.
BOOST_AUTO_TEST_CASE(between_the_sides_is_right_and_a_hundredth_beyond_is_not) {
    const KinkedNetwork kinked =
        network_of({layer(row({1}), Relu{}), layer(column({1, -1}), LeakyRelu{}), layer(row({2, 1}), Identity{})},
                   row({0, 0, 1}), row({-0.7, -0.2, 0.5}));
    const GradientEntry db2{Of::db, 2, 0, 0};
    const Sides sides = sides_of(kinked, db2);
    BOOST_TEST(sides.below < sides.above);
    expect(kinked, db2, sides.below + 0.01 * std::abs(sides.below), Outcome::confirmed);
    expect(kinked, db2, sides.below - 0.01 * std::abs(sides.below), Outcome::refuted);
    expect(kinked, db2, sides.above + 0.01 * std::abs(sides.above), Outcome::refuted);
}

// The prediction of the first example is its label, the other lies below its own.
BOOST_AUTO_TEST_CASE(of_the_absolute_error) {
    KinkedNetwork kinked = network_of({layer(row({1}), Identity{})}, row({1, 2}), row({1, 5}));
    kinked.network.loss = AbsoluteError{};
    const GradientEntry dA1{Of::dA, 1, 0, 0};
    for (const double right : {-1.0, 0.0, 1.0, 0.37}) expect(kinked, dA1, right, Outcome::confirmed);
    for (const double wrong : {1.001, -1.001}) expect(kinked, dA1, wrong, Outcome::refuted);
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double right : {-1.0, -0.5, 0.0}) expect(kinked, db1, right, Outcome::confirmed);
    for (const double wrong : {0.001, -1.001}) expect(kinked, db1, wrong, Outcome::refuted);
    const GradientEntry dW1{Of::dW, 1, 0, 0};
    for (const double right : {-1.5, -1.0, -0.5}) expect(kinked, dW1, right, Outcome::confirmed);
    for (const double wrong : {-1.501, -0.499}) expect(kinked, dW1, wrong, Outcome::refuted);
    BOOST_TEST((judged(kinked, dW1, -1).remark == Remark::subgradient));
}

// 0.1 + 0.2 lies beside 0.3 by rounding alone.
BOOST_AUTO_TEST_CASE(of_a_loss_beside_which_rounding_puts_the_prediction) {
    KinkedNetwork kinked = network_of({layer(row({1, 1}), Identity{})}, column({0.1, 0.2}), row({0.3}));
    kinked.network.loss = Quantile{};
    const GradientEntry dA1{Of::dA, 1, 0, 0};
    for (const double right : {-0.9, 0.0, 0.1}) expect(kinked, dA1, right, Outcome::confirmed);
    expect(kinked, dA1, -0.95, Outcome::undecided);
    expect(kinked, dA1, -4, Outcome::refuted);
}

// Both margins are exactly 1. A larger weight makes both larger, where the hinge is flat, a larger bias only the first.
BOOST_AUTO_TEST_CASE(of_the_hinge_with_labels_of_both_signs) {
    KinkedNetwork kinked = network_of({layer(row({1}), Identity{})}, row({1, -1}), row({1, -1}));
    kinked.network.loss = Hinge{};
    const GradientEntry dW1{Of::dW, 1, 0, 0};
    for (const double right : {-1.0, -0.5, 0.0}) expect(kinked, dW1, right, Outcome::confirmed);
    for (const double wrong : {0.001, -1.001}) expect(kinked, dW1, wrong, Outcome::refuted);
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double right : {-0.5, 0.0, 0.5}) expect(kinked, db1, right, Outcome::confirmed);
    for (const double wrong : {0.501, -0.501}) expect(kinked, db1, wrong, Outcome::refuted);
    // Both flat and both steep, as the margin has it.
    BOOST_TEST(judged(kinked, dW1, 0).convention.value().c == 0);
    BOOST_TEST(judged(kinked, dW1, -1).convention.value().c == 1);
}

// |relu(b)| at 0: the derivatives are 0 and 1, one convention for both gives c (2 c - 1), which is -1/8 at least.
BOOST_AUTO_TEST_CASE(of_an_activation_and_of_the_loss_at_once) {
    KinkedNetwork kinked = network_of({layer(row({1}), Relu{})}, row({0}), row({0}));
    kinked.network.loss = AbsoluteError{};
    const GradientEntry db1{Of::db, 1, 0, 0};
    for (const double right : {0.0, 0.5, 1.0, -0.125}) expect(kinked, db1, right, Outcome::confirmed);
    for (const double wrong : {1.001, -1.001}) expect(kinked, db1, wrong, Outcome::refuted);
}

// One unit at each of relu6's kinks, where its formula is flat. Together they pass on what either passes on beside its
// kink, and one convention does the same; the formula passes on nothing.
BOOST_AUTO_TEST_CASE(slopes_that_the_formula_declares) {
    KinkedNetwork kinked =
        network_of({layer(column({1, 1}), Relu6{}), layer(row({1, 1}), Identity{})}, row({0}), row({5}));
    kinked.network.layer(1).dense.b << 0, 6;
    const GradientEntry dA0{Of::dA, 0, 0, 0};
    expect(kinked, dA0, 1, Outcome::confirmed);
    const Verdict verdict = judged(kinked, dA0, 0);
    BOOST_TEST(verdict.outcome == Outcome::confirmed, describe(verdict));
    BOOST_TEST(verdict.convention.value().as_declared);
    BOOST_TEST((verdict.remark == Remark::kink_convention), describe(verdict));
    BOOST_TEST(explain(verdict).find("declares") != std::string::npos, explain(verdict));
    expect(kinked, dA0, 2, Outcome::undecided);
    for (const double wrong : {-0.001, 2.001}) expect(kinked, dA0, wrong, Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(nothing_wrong_is_confirmed_and_no_convention_refuted) {
    KinkSweep sweep;
    for (std::uint32_t seed = 1; seed <= 400; ++seed) judge_kinked_network(kinked_network(seed), sweep);
    BOOST_TEST(sweep.complaints.empty(), fmt::format("{}", fmt::join(sweep.complaints, "\n")));
    BOOST_TEST(sweep.left_out < 10U);
    BOOST_TEST(sweep.at_kinks > 2000U);
    BOOST_TEST(sweep.wrong.confirmed == 0U);
    BOOST_TEST(sweep.wrong.refuted > 3000U);
    BOOST_TEST(sweep.wrong.undecided * 50 < sweep.wrong.refuted);
    BOOST_TEST(sweep.mixed.undecided > 0U);
    BOOST_TEST(sweep.mixed.confirmed + sweep.mixed.refuted == 0U);
    for (const OutcomeCounts& right : {sweep.conventions, sweep.sides}) {
        BOOST_TEST(right.refuted == 0U);
        BOOST_TEST(right.undecided * 1000 < right.confirmed);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
