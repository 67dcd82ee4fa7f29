// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <limits>

#include "gradproof/checks/tensor_verdict.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

BOOST_AUTO_TEST_SUITE(verdicts)

BOOST_AUTO_TEST_CASE(within_a_narrow_bar_is_confirmed) {
    const Verdict verdict = judge(2.0 + 0.9e-9, smooth_estimate(2, 1e-9, 2));
    BOOST_TEST(verdict.outcome == Outcome::confirmed);
    BOOST_TEST(verdict.digits > 9);
}

// Both signs: a comparison without an absolute value would pass one of them.
BOOST_AUTO_TEST_CASE(just_outside_the_bar_is_refuted_on_either_side) {
    BOOST_TEST(judge(2.0 + 1.1e-9, smooth_estimate(2, 1e-9, 2)).outcome == Outcome::refuted);
    BOOST_TEST(judge(2.0 - 1.1e-9, smooth_estimate(2, 1e-9, 2)).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(within_a_wide_bar_is_undecided) {
    const Verdict verdict = judge(2, smooth_estimate(2, 1e-3, 2));
    BOOST_TEST(verdict.outcome == Outcome::undecided);
    BOOST_TEST((verdict.remark == Remark::bar_too_wide));
}

BOOST_AUTO_TEST_CASE(a_small_entry_is_measured_by_its_own_size) {
    BOOST_TEST(judge(1.001e-9, smooth_estimate(1e-9, 1e-17, 1e-9)).outcome == Outcome::refuted);
    BOOST_TEST(judge(1e-9, smooth_estimate(1e-9, 1e-13, 1e-9)).outcome == Outcome::undecided);
}

BOOST_AUTO_TEST_CASE(a_cancelled_entry_is_measured_by_what_was_summed) {
    BOOST_TEST(judge(1e-9, smooth_estimate(1.1e-9, 2e-10, 1)).outcome == Outcome::confirmed);
    BOOST_TEST(judge(1e-5, smooth_estimate(1.1e-9, 2e-10, 1)).outcome == Outcome::refuted);
}

Estimate rounded(double value, double error_bar, double scale, double rounding) {
    Estimate estimate = smooth_estimate(value, error_bar, scale);
    estimate.rounding = rounding;
    return estimate;
}

// Rounding that is small beside the required digits is as good as the error bar.
BOOST_AUTO_TEST_CASE(within_narrow_rounding_is_confirmed) {
    BOOST_TEST(judge(2 + 1e-9, rounded(2, 1e-12, 2, 1e-8)).outcome == Outcome::confirmed);
    BOOST_TEST(judge(2 + 1e-9, rounded(2, 1e-12, 2, 0)).outcome == Outcome::refuted);
    BOOST_TEST(judge(2 + 1.1e-8, rounded(2, 1e-12, 2, 1e-8)).outcome == Outcome::refuted);
}

// A naive right formula near a pole may have lost more digits than are required: no mistake is proven, nor is the
// value.
BOOST_AUTO_TEST_CASE(within_wide_rounding_only_the_required_digits_are_confirmed) {
    const Estimate estimate = rounded(2, 1e-12, 2, 1e-3);
    BOOST_TEST(judge(2 + 0.9e-6, estimate).outcome == Outcome::confirmed);
    for (const double value : {2 + 1.1e-6, 2 - 1.1e-6, 2 + 0.9e-3}) {
        const Verdict verdict = judge(value, estimate);
        BOOST_TEST(verdict.outcome == Outcome::undecided);
        BOOST_TEST((verdict.remark == Remark::within_rounding));
    }
    BOOST_TEST(judge(2 + 1.1e-3, estimate).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(rounding_does_not_make_a_wide_bar_narrow) {
    BOOST_TEST(judge(2, rounded(2, 1e-3, 2, 1e-9)).outcome == Outcome::undecided);
}

// 1e-12 and 1.2e-12 agree to rounding of the sum of size 1 that they are left of, and to one digit of their own.
BOOST_AUTO_TEST_CASE(a_rest_of_a_sum_says_so) {
    const Verdict verdict = judge(1.2e-12, rounded(1e-12, 1e-18, 1, 3e-13));
    BOOST_TEST(verdict.outcome == Outcome::confirmed);
    BOOST_TEST((verdict.remark == Remark::rest_of_a_sum));
    BOOST_TEST(verdict.digits < 1);
    BOOST_TEST((judge(1.0000001e-12, rounded(1e-12, 1e-18, 1, 3e-13)).remark == Remark::none));
    BOOST_TEST(judge(1.4e-12, rounded(1e-12, 1e-18, 1, 3e-13)).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(nan_and_infinity_are_refuted) {
    for (const double bad : {nan, infinity, -infinity}) {
        const Verdict verdict = judge(bad, smooth_estimate(2, 1e-9, 2));
        BOOST_TEST(verdict.outcome == Outcome::refuted);
        BOOST_TEST((verdict.remark == Remark::not_finite));
    }
}

BOOST_AUTO_TEST_CASE(a_cost_that_is_not_finite_decides_nothing) {
    const Verdict verdict = judge(2, smooth_estimate(nan, infinity, infinity));
    BOOST_TEST(verdict.outcome == Outcome::undecided);
    BOOST_TEST((verdict.remark == Remark::cost_not_finite));
}

BOOST_AUTO_TEST_CASE(between_one_sided_derivatives_is_a_subgradient) {
    Estimate kink = smooth_estimate(0.5, 1e-9, 1);
    kink.from_below = 0;
    kink.from_above = 1;
    for (const double inside : {0.0, 0.5, 1.0}) {
        const Verdict verdict = judge(inside, kink);
        BOOST_TEST(verdict.outcome == Outcome::confirmed);
        BOOST_TEST((verdict.remark == Remark::subgradient));
    }
    for (const double outside : {-1e-6, 1.000001}) BOOST_TEST(judge(outside, kink).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(a_zero_that_nothing_moves_is_counted_apart) {
    const Verdict zero = judge(0, smooth_estimate(0, 0, 0));
    BOOST_TEST(zero.outcome == Outcome::confirmed);
    BOOST_TEST((zero.remark == Remark::not_exercised));
    BOOST_TEST(judge(1e-300, smooth_estimate(0, 0, 0)).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(one_planted_entry_is_the_worst_at_its_place) {
    const Eigen::MatrixXd right = Eigen::MatrixXd::Constant(40, 30, 0.5);
    TensorEstimate estimate("dW1", 40, 30);
    for (Estimate& entry : estimate.entries) entry = smooth_estimate(0.5, 1e-10, 0.5);
    Eigen::MatrixXd planted = right;
    planted(17, 4) += 1e-6;
    BOOST_TEST(judge_tensor(right, estimate).outcome() == Outcome::confirmed);
    const TensorVerdict verdict = judge_tensor(planted, estimate);
    BOOST_TEST(verdict.refuted == 1U);
    BOOST_TEST(verdict.checked() == 1200U);
    BOOST_TEST(verdict.worst.front().row == 17);
    BOOST_TEST(verdict.worst.front().column == 4);
}

BOOST_AUTO_TEST_CASE(a_tensor_without_entries_is_not_green) {
    BOOST_TEST(judge_tensor(Eigen::MatrixXd(0, 3), TensorEstimate("dW1", 0, 3)).outcome() == Outcome::undecided);
    BOOST_TEST(outcome_of({}) == Outcome::undecided);
}

BOOST_AUTO_TEST_CASE(another_shape_is_refused_with_both_shapes) {
    BOOST_CHECK_EXCEPTION(judge_tensor(Eigen::MatrixXd(2, 3), TensorEstimate("dW1", 3, 2)), std::invalid_argument,
                          [](const std::exception& error) {
                              return std::string(error.what()) ==
                                     "dW1 is 2 x 3, but the parameter it belongs to is 3 x 2";
                          });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
