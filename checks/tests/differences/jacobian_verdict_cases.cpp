// SPDX-License-Identifier: MIT
//
// What may be asked of a check of a Jacobian besides its verdicts: some inputs only, a stop, stacks of points, claims
// in single precision.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stop_token>
#include <vector>

#include "differences/derivative_search.hpp"
#include "differences/jacobian_verdicts.hpp"

namespace gradproof::checks {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Two outputs of four inputs.
VectorXd curves(const VectorXd& x) {
    return VectorXd{{x.array().sin().sum(), x.array().exp().sum()}};
}
MatrixXd slopes(const VectorXd& x) {
    MatrixXd jacobian(2, x.size());
    jacobian << x.array().cos().transpose(), x.array().exp().transpose();
    return jacobian;
}
const VectorXd x{{0.3, -1.2, 2.0, 0.7}};

std::size_t confirmed_among(const std::vector<EntryVerdict>& verdicts) {
    std::size_t count = 0;
    for (const EntryVerdict& entry : verdicts) count += entry.verdict.outcome == Outcome::confirmed ? 1 : 0;
    return count;
}

BOOST_AUTO_TEST_SUITE(jacobian_verdicts)

BOOST_AUTO_TEST_CASE(only_the_inputs_asked_for_are_judged) {
    MatrixXd claimed = slopes(x);
    claimed(1, 2) *= 1.01;
    const auto verdicts = judge_jacobian(curves, claimed, x, {.inputs = {3, 2}});
    BOOST_TEST_REQUIRE(verdicts.size() == 4U);
    BOOST_TEST(verdicts[0].column == 3);
    BOOST_TEST(verdicts[3].row == 1);
    BOOST_TEST(verdicts[3].column == 2);
    BOOST_TEST(verdicts[3].verdict.outcome == Outcome::refuted);
    BOOST_TEST(confirmed_among(verdicts) == 3U);
    BOOST_CHECK_THROW(judge_jacobian(curves, claimed, x, {.inputs = {4}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_stop_leaves_the_rest_unchecked) {
    std::stop_source stop;
    std::vector<std::size_t> told;
    const auto verdicts = judge_jacobian(curves, slopes(x), x,
                                         {.progress =
                                              [&](std::size_t done, std::size_t total) {
                                                  BOOST_TEST(total == 4U);
                                                  told.push_back(done);
                                                  if (done == 2) stop.request_stop();
                                              },
                                          .stop = stop.get_token()});
    BOOST_TEST(told == (std::vector<std::size_t>{1, 2}), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(verdicts.size() == 8U);
    BOOST_TEST(confirmed_among(verdicts) == 4U);
    for (std::size_t n = 4; n < 8; ++n) BOOST_TEST((verdicts[n].verdict.remark == Remark::not_checked));
}

BOOST_AUTO_TEST_CASE(an_input_that_a_stop_cut_short_is_unchecked) {
    std::stop_source stop;
    std::size_t calls = 0;
    const auto stops = [&](const VectorXd& at) {
        if (++calls == 15) stop.request_stop();
        return curves(at);
    };
    const auto verdicts = judge_jacobian(stops, slopes(x), x, {.stop = stop.get_token()});
    BOOST_TEST(confirmed_among(verdicts) == 2U);
    BOOST_TEST((verdicts[2].verdict.remark == Remark::not_checked));
}

BOOST_AUTO_TEST_CASE(stacks_of_points_give_the_same_digits_in_one_call) {
    std::size_t calls = 0;
    std::size_t stacks = 0;
    const auto counted = [&](const VectorXd& at) {
        ++calls;
        return curves(at);
    };
    const auto stacked = [&](const MatrixXd& points) {
        ++stacks;
        MatrixXd values(2, points.cols());
        for (Eigen::Index n = 0; n < points.cols(); ++n) values.col(n) = curves(points.col(n));
        return values;
    };
    const auto verdicts = judge_jacobian(counted, slopes(x), x, {.stacked = stacked});
    BOOST_TEST(calls == 1U);
    BOOST_TEST(stacks == 1U);
    const auto one_by_one = judge_jacobian(curves, slopes(x), x);
    BOOST_TEST_REQUIRE(verdicts.size() == one_by_one.size());
    for (std::size_t n = 0; n < verdicts.size(); ++n) {
        BOOST_TEST(verdicts[n].verdict.estimate.value == one_by_one[n].verdict.estimate.value);
        BOOST_TEST(verdicts[n].verdict.outcome == Outcome::confirmed);
    }
    BOOST_TEST(first_points(x(0)).size() == 10U);
    const auto too_few = [&](const MatrixXd& points) { return MatrixXd(stacked(points).leftCols(3)); };
    BOOST_CHECK_THROW(judge_jacobian(curves, slopes(x), x, {.stacked = too_few}), std::invalid_argument);
}

// What single precision rounds is not refuted, and what is off by more is.
BOOST_AUTO_TEST_CASE(a_claim_is_judged_as_far_as_it_was_rounded) {
    const VectorXd rounding = VectorXd::Constant(x.size(), 0x1p-20);
    const MatrixXd rounded = slopes(x).cast<float>().cast<double>();
    const JacobianOptions in_single{.required_digits = 4, .rounding = rounding};
    BOOST_TEST(confirmed_among(judge_jacobian(curves, rounded, x, in_single)) == 8U);
    BOOST_TEST(confirmed_among(judge_jacobian(curves, rounded, x)) < 8U);
    MatrixXd wrong = rounded;
    wrong(0, 1) *= 1.001;
    const auto verdicts = judge_jacobian(curves, wrong, x, in_single);
    BOOST_TEST(verdicts[2].verdict.outcome == Outcome::refuted);
}

// 0 * e^x is 0 until e^x overflows, far away; a domain that ends nearby may hide a slope behind rounding.
BOOST_AUTO_TEST_CASE(an_overflow_far_away_moves_nothing) {
    const auto verdict_on = [](const ScalarField& f, double claimed) {
        return check_gradient(f, VectorXd{{claimed}}, VectorXd{{0.5}}).worst.front().verdict;
    };
    const ScalarField no_part = [](const VectorXd& v) { return 1 + 0 * std::exp(v(0)); };
    BOOST_TEST(verdict_on(no_part, 0).outcome == Outcome::confirmed);
    BOOST_TEST((verdict_on(no_part, 0).remark == Remark::not_exercised));
    BOOST_TEST(verdict_on(no_part, 1e-3).outcome == Outcome::refuted);
    const ScalarField ends = [](const VectorXd& v) {
        return std::abs(v(0)) < 3 ? 1e12 + v(0) * 1e-12 : std::numeric_limits<double>::quiet_NaN();
    };
    BOOST_TEST(verdict_on(ends, 0).outcome == Outcome::undecided);
}

// |a| - |b| + max(c, d) at a = b = 0, c = d.
BOOST_AUTO_TEST_CASE(kinks_that_nothing_ties_together_may_open_either_way, *boost::unit_test::label("negative")) {
    const auto f = [](const VectorXd& at) {
        return VectorXd::Constant(1, std::abs(at(0)) - std::abs(at(1)) + std::max(at(2), at(3))).eval();
    };
    const VectorXd at_kinks{{0, 0, 1, 1}};
    const auto confirmed = [&](const Eigen::RowVector4d& claimed) {
        return confirmed_among(judge_jacobian(f, claimed, at_kinks));
    };
    for (const double a : {-1.0, -0.25, 0.0, 1.0})
        for (const double b : {-1.0, 0.0, 0.5, 1.0}) BOOST_TEST(confirmed({a, b, 1, 0}) == 4U, a << ", " << b);
    // Those of a maximum are tied: their derivatives add up to 1.
    for (const double tied : {0.0, 1.0}) BOOST_TEST(confirmed({1, -1, tied, tied}) == 0U, tied);
    BOOST_TEST(confirmed({1, 1.001, 1, 0}) < 4U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
