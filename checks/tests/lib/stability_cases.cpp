// SPDX-License-Identifier: MIT
//
// What goes wrong with the plain formulas far out, and does not with the stable ones. derivations/stability.md
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <complex>
#include <limits>

#include "claims/pairing.hpp"
#include "gradproof/activations/exponential.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/poisson_negative_log_likelihood.hpp"
#include "gradproof/network.hpp"

namespace gradproof::checks {
namespace {

BOOST_AUTO_TEST_SUITE(stability)

BOOST_AUTO_TEST_CASE(values_and_slopes_are_finite_far_out) {
    std::size_t checked = 0;
    for (const AnyActivation& activation : all_activations()) {
        if (activation.is<Exponential>()) continue;  // e^800 is not a double, and no form can help
        for (const double z : {-800.0, 800.0}) {
            Matrix<double> Z(3, 1);
            Z << z, 0.5, -z;
            ++checked;
            BOOST_TEST(activate(activation, Z).allFinite(), name_of(activation));
            BOOST_TEST(pull_back(activation, Z, Matrix<double>(Matrix<double>::Ones(3, 1))).allFinite(),
                       name_of(activation));
        }
    }
    BOOST_TEST(checked >= 14U);
}

// log(1 + e^z) overflows to the right and rounds to 0 to the left; the stable form does neither.
BOOST_AUTO_TEST_CASE(softplus_keeps_its_digits_where_the_plain_form_loses_them) {
    const auto plain = [](double z) { return std::log(1 + std::exp(z)); };
    BOOST_TEST(std::isinf(plain(800)));
    BOOST_TEST(Softplus{}.value(800.0) == 800.0);
    BOOST_TEST(plain(-50) == 0.0);
    BOOST_TEST(Softplus{}.value(-50.0) == std::exp(-50.0));
}

BOOST_AUTO_TEST_CASE(cross_entropy_of_the_pre_activation_is_finite_where_that_of_the_prediction_is_not) {
    const double z = 40;
    const double a = Sigmoid{}.value(z);
    BOOST_TEST(a == 1.0);
    BOOST_TEST(std::isinf(BinaryCrossEntropy{}.value(a, 0.0)));
    BOOST_TEST(BinaryCrossEntropy{}.value_from_pre_activation(z, 0.0) == 40.0);
    const Vector<double> pre{{0.0, 800.0}};
    const Vector<double> label{{1.0, 0.0}};
    BOOST_TEST(CategoricalCrossEntropy{}.value_from_pre_activation(pre, label) == 800.0);
}

// Through dA, 1/(1 - a) is infinite and g' as a(1 - a) would be 0; A - Y is 1, and right.
BOOST_AUTO_TEST_CASE(the_route_through_dA_breaks_down_where_a_minus_y_does_not) {
    const double a = Sigmoid{}.value(40.0);
    const double dA = BinaryCrossEntropy{}.derivative(a, 0.0);
    BOOST_TEST(std::isinf(dA));
    BOOST_TEST(std::isnan(dA * Sigmoid{}.derivative_from_value(a)));
    BOOST_TEST(a - 0.0 == 1.0);
}

// A number as the note writes it, with the unit of its last digit; infinity and "not a number" have none.
struct Written {
    double number;
    double unit;

    bool is(double value) const {
        if (std::isnan(number)) return std::isnan(value);
        return value == number || std::abs(value - number) <= unit / 2;
    }
};

// derivations/the_question.md, section 5: dA by the course's formula, and as A - Y over the slope from z or from a.
BOOST_AUTO_TEST_CASE(the_ways_to_dA_lose_what_the_note_says) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    struct Row {
        double z;
        double y;
        Written truth;
        Written course;
        Written slope_from_z;
        Written slope_from_a;
    };
    // clang-format off
    const Row rows[] = {
        {20,   0, {485165196.4, 0.1}, {485165179.0, 0.1}, {485165196.4, 0.1}, {485165179.0, 0.1}},
        {30,   0, {1.06865e13, 1e8},  {1.06974e13, 1e8},  {1.06865e13, 1e8},  {1.06974e13, 1e8}},
        {36,   0, {4.31123e15, 1e10}, {4.50360e15, 1e10}, {4.31123e15, 1e10}, {4.50360e15, 1e10}},
        {40,   0, {2.35385e17, 1e12}, {infinity, 0},      {2.35385e17, 1e12}, {infinity, 0}},
        {2,    1, {-1.135335, 1e-6},  {-1.135335, 1e-6},  {-1.135335, 1e-6},  {-1.135335, 1e-6}},
        {20,   1, {-1.000000, 1e-6},  {-1.000000, 1e-6},  {-1.00000004, 1e-8}, {-1.000000, 1e-6}},
        {30,   1, {-1.000000, 1e-6},  {-1.000000, 1e-6},  {-0.99898, 1e-5},   {-1.000000, 1e-6}},
        {36,   1, {-1.000000, 1e-6},  {-1.000000, 1e-6},  {-0.95729, 1e-5},   {-1.000000, 1e-6}},
        {36.7, 1, {-1.000000, 1e-6},  {-1.000000, 1e-6},  {-1.92774, 1e-5},   {-1.000000, 1e-6}},
        {40,   1, {-1.000000, 1e-6},  {nan, 0},           {0, 0},             {nan, 0}},
    };
    // clang-format on
    for (const auto& [z, y, truth, course, slope_from_z, slope_from_a] : rows) {
        const double a = Sigmoid{}.value(z);
        const double exact = y == 0 ? 1 + std::exp(z) : -(1 + std::exp(-z));
        const double error = a - y;
        BOOST_TEST(truth.is(exact), "z = " << z << ", y = " << y << ": " << exact);
        BOOST_TEST(course.is(-(y / a - (1 - y) / (1 - a))), "course, z = " << z << ", y = " << y);
        BOOST_TEST(course.is(BinaryCrossEntropy{}.derivative(a, y)), "library, z = " << z << ", y = " << y);
        BOOST_TEST(slope_from_z.is(error / Sigmoid{}.derivative(z)), "slope from z, z = " << z << ", y = " << y);
        BOOST_TEST(slope_from_a.is(error / (a * (1 - a))), "slope from a, z = " << z << ", y = " << y);
        // What is lost is lost in a - y: from z the error is -sigma(-z) for the label 1, and then nothing is.
        const double error_from_z = y == 0 ? a : -Sigmoid{}.value(-z);
        BOOST_TEST(std::abs(error_from_z / Sigmoid{}.derivative(z) / exact - 1) <= 0x1p-50, "z = " << z);
    }
}

// A - Y promises absolute accuracy only: right and confident, its relative error grows to 1.
BOOST_AUTO_TEST_CASE(a_minus_y_loses_relative_accuracy_where_the_prediction_is_right) {
    const auto relative_error = [](double z) {
        const double exact = -Sigmoid{}.value(-z);
        return std::abs((Sigmoid{}.value(z) - 1 - exact) / exact);
    };
    BOOST_TEST(relative_error(10) < 1e-11);
    BOOST_TEST(relative_error(20) > 1e-9);
    BOOST_TEST(relative_error(30) > 1e-4);
    BOOST_TEST(relative_error(40) == 1.0);
    for (double z = -10; z <= 40; z += 1.0 / 64) {
        const double absolute_error = Sigmoid{}.value(z) - 1 + Sigmoid{}.value(-z);
        BOOST_TEST(std::abs(absolute_error) < 0x1p-52, "z = " << z);
    }
}

BOOST_AUTO_TEST_CASE(softmax_does_not_notice_a_constant) {
    const Vector<double> z{{1.0, -2.0, 0.5}};
    const Vector<double> shifted = (z.array() + 1000.0).matrix();
    BOOST_TEST((Softmax{}.value(z) - Softmax{}.value(shifted)).cwiseAbs().maxCoeff() <= 8 * 0x1p-53);
}

// A label of 0 takes its term out of the loss, even where the logarithm is infinite.
BOOST_AUTO_TEST_CASE(a_label_of_zero_counts_for_nothing) {
    BOOST_TEST(BinaryCrossEntropy{}.value(1.0, 1.0) == 0.0);
    BOOST_TEST(CategoricalCrossEntropy{}.value(0.0, 0.0) == 0.0);
    BOOST_TEST(PoissonNegativeLogLikelihood{}.value(0.0, 0.0) == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
