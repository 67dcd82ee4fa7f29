// SPDX-License-Identifier: MIT
//
// The oracles against each other: our dual numbers, Boost.Math's autodiff, the complex step, Boost.Math's differences.
#include <boost/math/differentiation/autodiff.hpp>
#include <boost/math/differentiation/finite_difference.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <complex>

#include "gradproof/activations/relu.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {
namespace {

// One composite of what both number types know, with every operation in it.
template <class T>
T composite(const T& x) {
    using std::exp, std::log, std::tanh, std::sqrt, std::sin, std::cos;
    return tanh(x * x - T(0.5)) / (T(1) + exp(-x)) + log(T(2) + x * x) * sqrt(T(3) + x) - sin(x) * cos(x);
}

const std::vector<double> points{-2.5, -1.0, -1e-3, 0.0, 0.4, 1.7, 3.0};

// Both are exact to rounding of about twenty operations on terms of size 10.
constexpr double rounding = 20 * 10 * 0x1p-53;

BOOST_AUTO_TEST_SUITE(oracles)

BOOST_AUTO_TEST_CASE(dual_numbers_agree_with_boost_autodiff) {
    for (const double x : points) {
        const auto boost_x = boost::math::differentiation::make_fvar<double, 1>(x);
        const double theirs = composite(boost_x).derivative(1);
        const double ours = dual_derivative([](const Dual<double>& z) { return composite(z); }, x);
        BOOST_TEST(std::abs(ours - theirs) <= rounding, "at " << x << ": " << ours << " and " << theirs);
    }
}

BOOST_AUTO_TEST_CASE(the_complex_step_agrees_with_dual_numbers) {
    for (const double x : points) {
        const double ours = dual_derivative([](const Dual<double>& z) { return composite(z); }, x);
        const double stepped = complex_step_derivative([](const std::complex<double>& z) { return composite(z); }, x);
        BOOST_TEST(std::abs(ours - stepped) <= rounding, "at " << x << ": " << ours << " and " << stepped);
    }
}

// The formula with the comparison does not run on complex numbers. One that branches on the real part does, and each of
// its branches is a straight line.
BOOST_AUTO_TEST_CASE(a_rectifier_that_branches_on_the_real_part_has_a_complex_step) {
    static_assert(!ElementwiseActivation<Relu, std::complex<double>>);
    const auto branching = [](const std::complex<double>& z) { return z.real() > 0 ? z : std::complex<double>(); };
    for (const double x : points)
        if (x != 0) BOOST_TEST(complex_step_derivative(branching, x) == Relu{}.derivative(x), "at " << x);
}

BOOST_AUTO_TEST_CASE(differences_agree_with_boost_within_both_bars) {
    const auto f = [](double x) { return composite(x); };
    for (const double x : points) {
        double their_bar = 0;
        const double theirs =
            boost::math::differentiation::finite_difference_derivative<decltype(f), double, 6>(f, x, &their_bar);
        const Estimate ours = derivative_with_error_bar(f, x);
        BOOST_TEST(std::abs(ours.value - theirs) <= ours.error_bar + their_bar + rounding);
        BOOST_TEST(ours.error_bar < 1e-8);
    }
}

// The functions std lacks for complex numbers and Boost's autodiff lacks altogether.
BOOST_AUTO_TEST_CASE(log1p_and_expm1_of_complex_and_dual_numbers_keep_their_digits) {
    for (const double x : {-0.5, -1e-12, 1e-12, 1e-3, 2.0}) {
        BOOST_TEST(std::abs(log1p(std::complex<double>(x)).real() - std::log1p(x)) <=
                   4 * 0x1p-53 * std::abs(std::log1p(x)));
        BOOST_TEST(std::abs(expm1(std::complex<double>(x)).real() - std::expm1(x)) <=
                   4 * 0x1p-53 * std::abs(std::expm1(x)));
        const double slope_of_log = complex_step_derivative([](const std::complex<double>& z) { return log1p(z); }, x);
        const double slope_of_exp = complex_step_derivative([](const std::complex<double>& z) { return expm1(z); }, x);
        BOOST_TEST(std::abs(slope_of_log - 1 / (1 + x)) <= 8 * 0x1p-53 / (1 + x));
        BOOST_TEST(std::abs(slope_of_exp - std::exp(x)) <= 8 * 0x1p-53 * std::exp(x));
        BOOST_TEST(dual_derivative([](const Dual<double>& z) { return log1p(z); }, x) == 1 / (1 + x));
        BOOST_TEST(dual_derivative([](const Dual<double>& z) { return expm1(z); }, x) == std::exp(x));
    }
}

// A wrong oracle must not go unnoticed by its peers.
BOOST_AUTO_TEST_CASE(an_oracle_with_a_wrong_slope_disagrees) {
    const auto wrong_tanh = [](const Dual<double>& z) {
        const double a = std::tanh(z.value);
        return Dual<double>(a, (1 - z.value * z.value) * z.derivative);
    };
    const double wrong = dual_derivative(wrong_tanh, 0.4);
    const double right = complex_step_derivative([](const std::complex<double>& z) { return std::tanh(z); }, 0.4);
    BOOST_TEST(std::abs(wrong - right) > 1e-3);
}

// (x + ε) - x is ε exactly, with terms of size 1 each that do not cancel in the magnitude.
BOOST_AUTO_TEST_CASE(the_magnitude_of_a_dual_number_does_not_cancel) {
    const Dual<double> x(3.0, 1.0);
    const Dual<double> zero = x - x;
    BOOST_TEST(zero.derivative == 0.0);
    BOOST_TEST(zero.magnitude == 2.0);
    BOOST_TEST((x * x).magnitude == 6.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
