// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>

#include "differences/dense/directional_check.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

struct Checked {
    SmallNetwork small;
    Gradients<double> gradients;
};

Checked smooth_network(double lambda = 0) {
    Checked checked{small_network({40, 9, 6, 2}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 15, lambda, 3), {}};
    checked.gradients =
        backward(checked.small.network, forward(checked.small.network, checked.small.X), checked.small.Y);
    return checked;
}

std::vector<DirectionalVerdict> check(const Checked& checked, std::uint32_t seed = 1) {
    return directional_check(checked.small.network, checked.small.X, checked.small.Y, checked.gradients,
                             {.seed = seed});
}

void right_gradients_are_confirmed() {
    for (const double lambda : {0.0, 0.7}) {
        const auto verdicts = check(smooth_network(lambda));
        BOOST_TEST(verdicts.size() == 3U * 2U * 4U);
        for (const auto& one : verdicts) {
            BOOST_TEST((one.verdict.outcome == Outcome::confirmed), one.name << ": " << describe(one.verdict));
            BOOST_TEST((one.taylor == TaylorOpinion::agrees), one.name << ", rate " << one.rate);
        }
    }
}

// The check tells what it could have missed: ten times that in one entry is refuted along every direction, a tenth is
// not.
void one_wrong_entry_shows_when_it_is_as_large_as_said() {
    const Checked right = smooth_network();
    const auto verdicts = check(right);
    for (const double times : {10.0, 0.1}) {
        for (const auto& one : verdicts) {
            if (one.name != "dW1") continue;
            Checked wrong = right;
            wrong.gradients.dW[1](2, 17) += times * one.smallest_seen;
            for (const auto& again : check(wrong))
                if (again.name == one.name && again.seed == one.seed)
                    BOOST_TEST((again.verdict.outcome == Outcome::refuted) == (times > 1), describe(again.verdict));
        }
    }
}

void a_wrong_factor_is_refuted_by_both_opinions() {
    Checked wrong = smooth_network();
    wrong.gradients.dW[2] *= 1.01;
    std::size_t refuted = 0;
    for (const auto& one : check(wrong)) {
        const bool is_wrong = one.name == "dW2";
        BOOST_TEST((one.verdict.outcome == Outcome::refuted) == is_wrong, one.name << ": " << describe(one.verdict));
        if (is_wrong) ++refuted;
    }
    BOOST_TEST(refuted == 4U);
    Checked far_off = smooth_network();
    far_off.gradients.dW[2] *= -1;
    for (const auto& one : check(far_off))
        if (one.name == "dW2") BOOST_TEST((one.taylor == TaylorOpinion::disagrees), "rate " << one.rate);
}

// Signed directions see errors that cancel when all entries move alike.
void errors_that_cancel_along_ones_are_refuted() {
    Checked wrong = smooth_network();
    wrong.gradients.dW[1](0, 0) += 1e-3;
    wrong.gradients.dW[1](1, 1) -= 1e-3;
    std::size_t refuted = 0;
    for (const auto& one : check(wrong)) refuted += one.verdict.outcome == Outcome::refuted ? 1U : 0U;
    BOOST_TEST(refuted > 0U);
}

void a_seed_means_the_same_numbers() {
    const Checked checked = smooth_network();
    const auto first = check(checked, 7);
    const auto again = check(checked, 7);
    const auto other = check(checked, 1000);
    BOOST_TEST(first.front().verdict.analytic == again.front().verdict.analytic);
    BOOST_TEST(first.front().verdict.analytic != other.front().verdict.analytic);
    BOOST_TEST(first.front().seed == 7U);
}

void wrong_shapes_are_named() {
    Checked checked = smooth_network();
    checked.gradients.dW[2].resize(1, 2);
    BOOST_CHECK_THROW(check(checked), std::invalid_argument);
}

}  // namespace

void add_directional_cases() {
    add_case("speed/directional/right_gradients_are_confirmed", right_gradients_are_confirmed);
    add_case("speed/directional/one_wrong_entry_shows_when_it_is_as_large_as_said",
             one_wrong_entry_shows_when_it_is_as_large_as_said, {"negative"});
    add_case("speed/directional/a_wrong_factor_is_refuted_by_both_opinions", a_wrong_factor_is_refuted_by_both_opinions,
             {"negative"});
    add_case("speed/directional/errors_that_cancel_along_ones_are_refuted", errors_that_cancel_along_ones_are_refuted,
             {"negative"});
    add_case("speed/directional/a_seed_means_the_same_numbers", a_seed_means_the_same_numbers);
    add_case("speed/directional/wrong_shapes_are_named", wrong_shapes_are_named);
}

}  // namespace gradproof::checks
