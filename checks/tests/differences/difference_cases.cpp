// SPDX-License-Identifier: MIT
//
// The differences themselves: right derivatives accepted, wrong ones rejected, kinks and noise seen for what they are.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "gradproof/checks/differences.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

struct Smooth {
    std::string name;
    RealFunction f;
    RealFunction derivative;
    std::vector<double> points;
    // The distance over which f changes: to where it stops being smooth, or over which it turns.
    std::function<double(double)> room = [](double) { return std::numeric_limits<double>::infinity(); };
};

std::vector<Smooth> smooth_functions() {
    using std::numbers::pi;
    return {
        {"linear", [](double x) { return 3 * x - 1; }, [](double) { return 3.0; }, {-1e6, -2, 0, 1e-9, 5, 1e8}},
        {"square", [](double x) { return x * x; }, [](double x) { return 2 * x; }, {-3, 0, 1e-5, 1, 1e8}},
        {"cube", [](double x) { return x * x * x; }, [](double x) { return 3 * x * x; }, {-2, 0, 0.1, 7}},
        {"exponential", [](double x) { return std::exp(x); }, [](double x) { return std::exp(x); }, {-100, -1, 0, 13}},
        {"logarithm",
         [](double x) { return std::log(x); },
         [](double x) { return 1 / x; },
         {1e-12, 1e-3, 1, 1e5},
         [](double x) { return x; }},
        {"tangent near its pole",
         [](double x) { return std::tan(x); },
         [](double x) { return 1 / (std::cos(x) * std::cos(x)); },
         {0.3, 1.5, pi / 2 - 1e-3},
         [](double x) { return pi / 2 - x; }},
        {"sine",
         [](double x) { return std::sin(x); },
         [](double x) { return std::cos(x); },
         {-4, 0, 0.5, 100},
         [](double) { return 8.0; }},
        {"reciprocal",
         [](double x) { return 1 / x; },
         [](double x) { return -1 / (x * x); },
         {-5, 1e-4, 0.1, 30},
         [](double x) { return std::abs(x); }},
    };
}

void the_right_derivative_is_confirmed_and_a_wrong_one_refuted(const Smooth& smooth) {
    for (const double x : smooth.points) {
        const Estimate estimate = derivative_with_error_bar(smooth.f, x);
        const double right = smooth.derivative(x);
        const Verdict verdict = judge(right, estimate);
        BOOST_TEST(verdict.outcome == Outcome::confirmed, smooth.name << " at " << x << ": " << describe(verdict));
        // Off by twice the bar, at either side.
        for (const double sign : {-1.0, 1.0}) {
            const double wrong = estimate.value + sign * (2 * estimate.error_bar + 1e-300);
            BOOST_TEST(judge(wrong, estimate).outcome == Outcome::refuted, smooth.name << " at " << x);
        }
        BOOST_TEST(judge(right * 1.001 + 1e-3, estimate).outcome == Outcome::refuted, smooth.name << " at " << x);
    }
}

// A function with a kink or a jump at 0, met at distances from it on the scale of a step of 1e-3.
struct Kinked {
    std::string name;
    RealFunction f;
    double left;   // derivative to the left of 0
    double right;  // and to the right
    double curvature = 0;

    double slope(double x) const { return (x < 0 ? left : right) + curvature * x; }
};

std::vector<Kinked> kinked_functions() {
    return {
        {"absolute value", [](double x) { return std::abs(x); }, -1, 1},
        {"relu", [](double x) { return x > 0 ? x : 0.0; }, 0, 1},
        {"leaky", [](double x) { return x > 0 ? x : 0.01 * x; }, 0.01, 1},
        {"clip", [](double x) { return std::min(std::max(x, 0.0), 1.0); }, 0, 1},
        {"two parabolas", [](double x) { return x > 0 ? x * x + 2 * x : x * x - x; }, -1, 2, 2},
    };
}

void between_the_sides_at_the_kink_and_one_side_beside_it(const Kinked& kinked) {
    const Estimate at_kink = derivative_with_error_bar(kinked.f, 0);
    BOOST_TEST(at_kink.lower() < at_kink.upper());
    for (const double inside : {kinked.left, (kinked.left + kinked.right) / 2, kinked.right}) {
        const Verdict verdict = judge(inside, at_kink);
        BOOST_TEST(verdict.outcome == Outcome::confirmed, kinked.name << ": " << describe(verdict));
        BOOST_TEST((verdict.remark == Remark::subgradient));
    }
    BOOST_TEST(judge(kinked.left - 1e-3, at_kink).outcome == Outcome::refuted);
    BOOST_TEST(judge(kinked.right + 1e-3, at_kink).outcome == Outcome::refuted);
    // A fixed step of 1e-3 would see a kink at these distances, or miss it; the answer is the side that x lies on.
    for (const double distance : {1e-6, 0.8e-3, 1.2e-3, 0.1}) {
        for (const double x : {-distance, distance}) {
            const Estimate beside = derivative_with_error_bar(kinked.f, x);
            // Both are off by an ulp or two: that of the right slope, and that of x times the curvature.
            Estimate with_rounding = beside;
            with_rounding.error_bar += 4 * 0x1p-53 * (1 + std::abs(kinked.slope(x)));
            const Verdict verdict = judge(kinked.slope(x), with_rounding);
            BOOST_TEST(verdict.outcome != Outcome::refuted, kinked.name << " at " << x << ": " << describe(verdict));
            const double other_side = x < 0 ? kinked.right : kinked.left;
            BOOST_TEST(judge(other_side, beside).outcome == Outcome::refuted, kinked.name << " at " << x);
        }
    }
}

// A number in (-1, 1) that looks drawn at random for each x.
double hash(double x) {
    const double large = std::abs(std::sin(x * 1e15)) * 43758.5453;
    return 2 * (large - std::floor(large)) - 1;
}

std::string slug(std::string name) {
    for (char& letter : name)
        if (letter == ' ') letter = '_';
    return name;
}

BOOST_AUTO_TEST_SUITE(differences)

BOOST_AUTO_TEST_CASE(a_jump_confirms_nothing) {
    const auto step = [](double x) { return x < 0 ? 0.0 : 1.0; };
    for (const double claimed : {0.0, 1.0, 1e6})
        BOOST_TEST(judge(claimed, derivative_with_error_bar(step, 0)).outcome != Outcome::confirmed);
    // Beside the jump the function is constant, and a zero is right.
    BOOST_TEST(judge(1, derivative_with_error_bar(step, 0.01)).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(a_function_that_is_not_finite_decides_nothing) {
    const auto log = [](double x) { return std::log(x); };
    BOOST_TEST(judge(1, derivative_with_error_bar(log, 0)).outcome == Outcome::undecided);
    BOOST_TEST(judge(-0.1, derivative_with_error_bar(log, -10)).outcome == Outcome::undecided);
    const auto hole = [](double x) { return std::abs(x) < 1e-3 ? std::numeric_limits<double>::quiet_NaN() : x; };
    BOOST_TEST(judge(1, derivative_with_error_bar(hole, 0)).outcome == Outcome::undecided);
}

// Deterministic noise of 1e-4, as a simulation or an iterative solver has: six digits cannot be had, and the bar says
// so.
BOOST_AUTO_TEST_CASE(noise_widens_the_bar_and_is_not_mistaken_for_a_slope) {
    const auto noisy = [](double x) { return std::exp(x) + 1e-4 * hash(x); };
    const Estimate estimate = derivative_with_error_bar(noisy, 1);
    BOOST_TEST(noise_of(noisy, 1, 1e-12) > 2e-5);
    BOOST_TEST(noise_of(noisy, 1, 1e-12) < 2e-3);
    BOOST_TEST(estimate.error_bar > 1e-5);
    BOOST_TEST(judge(std::exp(1.0), estimate).outcome == Outcome::undecided);
    BOOST_TEST(judge(2 * std::exp(1.0), estimate).outcome == Outcome::refuted);
}

// log cosh(a - 1) by a formula that cancels: values of 0.03 with the rounding of numbers near 1. At a = 0.75 they move
// by very nearly a whole number of last places over 1.236 * 2^-40, and at some other point for every other spacing.
BOOST_AUTO_TEST_CASE(rounding_inside_the_function_widens_the_bar) {
    const RealFunction log_cosh = [](double a) {
        const double d = a - 1;
        return std::max(2 * d, 0.0) + std::log1p(std::exp(-std::abs(2 * d))) - d - std::log(2.0);
    };
    BOOST_TEST(noise_of(log_cosh, 0.75, 0x1p-40) > 5e-17);
    // At a = -0.9737474 a step of 1/4 leaves truncation that the correction of the last extrapolation does not show.
    for (int k = -1; k < 2000; ++k) {
        const double a = k < 0 ? -0.97374739499999974 : -3 + 0.003 * k;
        const Estimate estimate = derivative_with_error_bar(log_cosh, a);
        BOOST_TEST(std::abs(estimate.value - std::tanh(a - 1)) <= estimate.error_bar, "at a = " << a);
    }
}

BOOST_AUTO_TEST_CASE(noise_of_an_exact_function_is_half_an_ulp) {
    BOOST_TEST(noise_of([](double) { return 1.0; }, 3, 1e-12) == 0x1p-53);
}

// The orders of the three schemes: ten times the step, 10, 100 and 10^8 times the error.
BOOST_AUTO_TEST_CASE(truncation_falls_with_the_order_of_the_scheme) {
    const auto f = [](double x) { return std::exp(x); };
    const auto error = [](const Estimate& estimate) { return std::abs(estimate.value - std::exp(1.0)); };
    const double forward = error(forward_difference(f, 1, 1e-2, 0)) / error(forward_difference(f, 1, 1e-3, 0));
    BOOST_TEST(forward > 9);
    BOOST_TEST(forward < 11);
    const double central = error(central_difference(f, 1, 1e-1, 0)) / error(central_difference(f, 1, 1e-2, 0));
    BOOST_TEST(central > 90);
    BOOST_TEST(central < 110);
    // Three levels remove h² and h⁴ and leave h⁶.
    const double richardson = error(richardson_difference(f, 1, 2, 0, 3)) / error(richardson_difference(f, 1, 1, 0, 3));
    BOOST_TEST(richardson > 50);
    BOOST_TEST(richardson < 80);
}

BOOST_AUTO_TEST_CASE(the_bar_covers_the_error_at_every_step) {
    std::size_t checked = 0;
    for (const Smooth& smooth : smooth_functions())
        for (const double x : smooth.points)
            for (int exponent = -4; exponent >= -40; exponent -= 3) {
                const double h = std::ldexp(std::max(std::abs(x), 1e-3), exponent);
                if (h > smooth.room(x) / 8) continue;
                const double noise = noise_of(smooth.f, x, std::abs(x) * 1e-12 + 1e-15);
                if (!std::isfinite(noise)) continue;
                const double right = smooth.derivative(x);
                const double own_rounding = 8 * 0x1p-53 * std::abs(right);
                for (const Estimate& estimate :
                     {forward_difference(smooth.f, x, h, noise), central_difference(smooth.f, x, h, noise),
                      richardson_difference(smooth.f, x, h, noise)}) {
                    ++checked;
                    BOOST_TEST(std::abs(estimate.value - right) <= estimate.error_bar + own_rounding,
                               smooth.name << " at " << x << ", step " << h << ": " << estimate.value << " for "
                                           << right << ", bar " << estimate.error_bar);
                }
            }
    BOOST_TEST(checked > 700U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_difference_cases() {
    for (const Smooth& smooth : smooth_functions())
        add_case("differences/smooth/" + slug(smooth.name),
                 [smooth] { the_right_derivative_is_confirmed_and_a_wrong_one_refuted(smooth); });
    for (const Kinked& kinked : kinked_functions())
        add_case("differences/kinks/" + slug(kinked.name),
                 [kinked] { between_the_sides_at_the_kink_and_one_side_beside_it(kinked); });
}

}  // namespace gradproof::checks
