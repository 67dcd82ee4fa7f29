// SPDX-License-Identifier: MIT
//
// Max pooling where several numbers of a window are the largest, as zeros behind a ReLU are: the number that the
// pull-back is of has a kink there, and every sharing of the upstream derivative among them is a subgradient.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <vector>

#include "differences/layer_point.hpp"
#include "gradproof/layers/max_pool2d.hpp"

namespace gradproof::checks {
namespace {

// One window of four numbers, and its upstream derivative.
LayerPoint window(const Eigen::Vector4d& numbers, double upstream) {
    return {.layer = MaxPool2d{},
            .inputs = {{{1, 2, 2, 1}, Eigen::VectorXd(numbers)}},
            .d_outputs = {{{1, 1, 1, 1}, Eigen::VectorXd::Constant(1, upstream)}}};
}

std::vector<Verdict> judged(const LayerPoint& point, const Eigen::Vector4d& claimed) {
    std::vector<Verdict> verdicts;
    for (const EntryVerdict& entry : judge_input(point, 0, {{1, 2, 2, 1}, Eigen::VectorXd(claimed)}))
        verdicts.push_back(entry.verdict);
    return verdicts;
}

void expect(const LayerPoint& point, const Eigen::Vector4d& claimed, const std::vector<Outcome>& outcomes) {
    const std::vector<Verdict> verdicts = judged(point, claimed);
    for (std::size_t n = 0; n < 4; ++n)
        BOOST_TEST(verdicts[n].outcome == outcomes[n], fmt::format("number {}: {}", n, describe(verdicts[n])));
}

constexpr Outcome right = Outcome::confirmed;
constexpr Outcome wrong = Outcome::refuted;

// Two of four are the largest; upstream is 3, so each of the two may have 0 to 3, the others have 0.
const Eigen::Vector4d two_largest{0.5, -1, 0.5, 0};

BOOST_AUTO_TEST_SUITE(layers)
BOOST_AUTO_TEST_SUITE(ties_of_max_pooling, *boost::unit_test::label("negative"))

BOOST_AUTO_TEST_CASE(the_convention_of_the_code_is_confirmed) {
    for (const double upstream : {3.0, -3.0})
        for (const Eigen::Vector4d& numbers : {two_largest, Eigen::Vector4d{0, 0, 0, 0}}) {
            const LayerPoint point = window(numbers, upstream);
            BOOST_TEST((point.pulled_back()[0].values() == Eigen::Vector4d(upstream, 0, 0, 0)));
            expect(point, {upstream, 0, 0, 0}, {right, right, right, right});
        }
}

BOOST_AUTO_TEST_CASE(what_another_tie_break_gives_is_confirmed) {
    expect(window(two_largest, 3), {0, 0, 3, 0}, {right, right, right, right});
    expect(window(two_largest, 3), {1.5, 0, 1.5, 0}, {right, right, right, right});
    expect(window({0, 0, 0, 0}, 3), {0.75, 0.75, 0.75, 0.75}, {right, right, right, right});
}

BOOST_AUTO_TEST_CASE(what_lies_outside_is_refuted) {
    for (const double outside : {-0.001, 3.001, -3.0, 6.0}) {
        expect(window(two_largest, 3), {outside, 0, 0, 0}, {wrong, right, right, right});
        expect(window(two_largest, 3), {3, 0, outside, 0}, {right, right, wrong, right});
    }
    expect(window(two_largest, 3), {3, 1, 0, 0}, {right, wrong, right, right});
    expect(window(two_largest, 3), {3, 0, 0, 0.001}, {right, right, right, wrong});
}

// Each of the tied has the whole upstream derivative: every entry for itself lies between its one-sided derivatives.
BOOST_AUTO_TEST_CASE(what_lies_between_is_not_refuted) {
    for (const Eigen::Vector4d& claimed : {Eigen::Vector4d{3, 0, 3, 0}, {0, 0, 0, 0}, {0.25, 0, 1, 0}})
        for (const Verdict& verdict : judged(window(two_largest, 3), claimed))
            BOOST_TEST(verdict.outcome != Outcome::refuted, describe(verdict));
}

// Behind a ReLU half of the numbers are 0, and a window of zeros alone is a tie of all of them.
BOOST_AUTO_TEST_CASE(zeros_behind_a_relu_tie) {
    LayerPoint point = random_point(MaxPool2d{}, {{2, 8, 8, 3}}, 3);
    Array<double>& A_prev = point.inputs[0];
    A_prev.values() = A_prev.values().cwiseMax(0.0);
    const Array<double> A = point.layer.forward(point.inputs)[0];
    const Eigen::Index tied_windows = (A.values().array() == 0).count();
    BOOST_TEST(tied_windows > 0);
    Eigen::Index at_kinks = 0;
    for (const EntryVerdict& entry : judge_input(point, 0, point.pulled_back()[0])) {
        BOOST_TEST(entry.verdict.outcome == Outcome::confirmed, describe(entry.verdict));
        if (entry.verdict.estimate.is_at_kink()) ++at_kinks;
    }
    BOOST_TEST(at_kinks == 4 * tied_windows);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
