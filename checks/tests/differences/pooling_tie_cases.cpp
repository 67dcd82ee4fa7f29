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

void expect_confirmed(const LayerPoint& point, const Eigen::Vector4d& claimed) {
    const std::vector<Verdict> verdicts = judged(point, claimed);
    for (std::size_t n = 0; n < 4; ++n)
        BOOST_TEST(verdicts[n].outcome == Outcome::confirmed, fmt::format("number {}: {}", n, describe(verdicts[n])));
}

// Of what is right beside a wrong number nothing is said: together they are no subgradient.
void expect_refuted(const LayerPoint& point, const Eigen::Vector4d& claimed, std::size_t wrong) {
    const std::vector<Verdict> verdicts = judged(point, claimed);
    for (std::size_t n = 0; n < 4; ++n)
        BOOST_TEST((verdicts[n].outcome == Outcome::refuted) == (n == wrong),
                   fmt::format("number {}: {}", n, describe(verdicts[n])));
}

// Two of four are the largest; upstream is 3, so each of the two may have 0 to 3, the others have 0.
const Eigen::Vector4d two_largest{0.5, -1, 0.5, 0};

BOOST_AUTO_TEST_SUITE(layers)
BOOST_AUTO_TEST_SUITE(ties_of_max_pooling, *boost::unit_test::label("negative"))

BOOST_AUTO_TEST_CASE(the_convention_of_the_code_is_confirmed) {
    for (const double upstream : {3.0, -3.0})
        for (const Eigen::Vector4d& numbers : {two_largest, Eigen::Vector4d{0, 0, 0, 0}}) {
            const LayerPoint point = window(numbers, upstream);
            BOOST_TEST((point.pulled_back()[0].values() == Eigen::Vector4d(upstream, 0, 0, 0)));
            expect_confirmed(point, {upstream, 0, 0, 0});
        }
}

BOOST_AUTO_TEST_CASE(what_another_tie_break_gives_is_confirmed) {
    expect_confirmed(window(two_largest, 3), {0, 0, 3, 0});
    expect_confirmed(window(two_largest, 3), {1.5, 0, 1.5, 0});
    expect_confirmed(window({0, 0, 0, 0}, 3), {0.75, 0.75, 0.75, 0.75});
}

BOOST_AUTO_TEST_CASE(what_lies_outside_is_refuted) {
    for (const double outside : {-0.001, 3.001, -3.0, 6.0}) {
        expect_refuted(window(two_largest, 3), {outside, 0, 0, 0}, 0);
        expect_refuted(window(two_largest, 3), {3, 0, outside, 0}, 2);
    }
    expect_refuted(window(two_largest, 3), {3, 1, 0, 0}, 1);
    expect_refuted(window(two_largest, 3), {3, 0, 0, 0.001}, 3);
}

// As where each of the tied has the whole upstream derivative: every entry for itself lies between its one-sided
// derivatives, but their sum is not the upstream derivative.
BOOST_AUTO_TEST_CASE(what_lies_between_without_being_a_subgradient_is_undecided) {
    for (const Eigen::Vector4d& claimed : {Eigen::Vector4d{3, 0, 3, 0}, {0, 0, 0, 0}, {0.25, 0, 1, 0}}) {
        const std::vector<Verdict> verdicts = judged(window(two_largest, 3), claimed);
        for (const std::size_t tied : {0U, 2U})
            BOOST_TEST(verdicts[tied].outcome == Outcome::undecided, describe(verdicts[tied]));
        for (const std::size_t smaller : {1U, 3U})
            BOOST_TEST(verdicts[smaller].outcome == Outcome::confirmed, describe(verdicts[smaller]));
    }
}

// Behind a ReLU half of the numbers are 0, and a window of zeros alone is a tie of all of them. Where the upstream
// derivative is negative the kink opens downwards.
BOOST_AUTO_TEST_CASE(zeros_behind_a_relu_tie) {
    Eigen::Index tied_windows = 0;
    Eigen::Index at_kinks = 0;
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U}) {
        LayerPoint point = random_point(MaxPool2d{}, {{2, 8, 8, 3}}, seed);
        Array<double>& A_prev = point.inputs[0];
        A_prev.values() = A_prev.values().cwiseMax(0.0);
        tied_windows += (point.layer.forward(point.inputs)[0].values().array() == 0).count();
        for (const EntryVerdict& entry : judge_input(point, 0, point.pulled_back()[0])) {
            BOOST_TEST(entry.verdict.outcome == Outcome::confirmed, describe(entry.verdict));
            if (entry.verdict.estimate.is_at_kink()) ++at_kinks;
        }
    }
    BOOST_TEST(tied_windows > 10);
    BOOST_TEST(at_kinks == 4 * tied_windows);
}

// The mistake of one window is told apart from the others, which are right.
BOOST_AUTO_TEST_CASE(a_wrong_window_leaves_the_others_confirmed) {
    const LayerPoint point{.layer = MaxPool2d{},
                           .inputs = {{{1, 2, 4, 1}, Eigen::VectorXd::Zero(8)}},
                           .d_outputs = {{{1, 1, 2, 1}, Eigen::Vector2d{3, -2}}}};
    Array<double> claimed({1, 2, 4, 1});
    claimed.values() << 3, 3, -2, 0,  //
        3, 3, 0, 0;
    for (const EntryVerdict& entry : judge_input(point, 0, claimed)) {
        const bool is_of_first_window = entry.column % 4 < 2;
        BOOST_TEST(entry.verdict.outcome == (is_of_first_window ? Outcome::undecided : Outcome::confirmed),
                   fmt::format("number {}: {}", entry.column, describe(entry.verdict)));
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
