// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "diagnosis/report.hpp"
#include "gradproof/activations/relu.hpp"
#include "tests/diagnosis/examples.hpp"

namespace gradproof::diagnosis {
namespace {

// The pass with dZ2 times 1.5 (or another change), everything below computed right from it.
Gradients<double> wrong_from_dZ2_on(const Example& e, const std::function<void(Tensor&)>& change) {
    Gradients<double> g = e.right;
    change(g.dZ[2]);
    for (const Place place : backward_order(3)) {
        if (place.l > 2 || (place.l == 2 && place.step != Step::dW && place.step != Step::db)) continue;
        set_tensor(g, place.step, place.l, right_value(place.step, {e.network, e.cache, e.Y, g, place.l}));
    }
    return g;
}

using Names = std::vector<std::string>;

namespace first_wrong_step_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(first_wrong_step)

BOOST_AUTO_TEST_CASE(what_follows_is_a_consequence) {
    const Example e = example();
    const auto g = wrong_from_dZ2_on(e, [](Tensor& dZ) { dZ = -dZ; });
    for (const bool with_dZ : {true, false}) {
        const Diagnosis diagnosis = diagnose(submitted(e, g, with_dZ));
        BOOST_TEST_REQUIRE(!diagnosis.explanations.empty());
        const Explanation& best = diagnosis.explanations[0];
        BOOST_TEST(slugs(best) == Names{"wrong-sign"}, boost::test_tools::per_element());
        BOOST_TEST(best.findings[0].place.l == 2u);
        const Names expected =
            with_dZ ? Names{"dW2", "db2", "dA1", "dZ1", "dW1", "db1", "dA0"} : Names{"dW2", "db2", "dW1", "db1"};
        BOOST_TEST(best.consequences == expected, boost::test_tools::per_element());
        for (const TensorResult& t : diagnosis.tensors) {
            const bool above =
                t.name == "dW3" || t.name == "db3" || t.name == "dZ3" || t.name == "dA3" || t.name == "dA2";
            BOOST_TEST((t.outcome == checks::Outcome::confirmed) == above);
        }
    }
}

// Nobody can know what an unknown mistake in dZ2 does to dW1, unless dZ2 is in the file.
BOOST_AUTO_TEST_CASE(an_unknown_step_hides_what_is_below_it) {
    const Example e = example();
    const auto g = wrong_from_dZ2_on(e, [](Tensor& dZ) { dZ = (dZ.array() * 3).sin().matrix(); });
    const Diagnosis with_dZ = diagnose(submitted(e, g, true));
    BOOST_TEST_REQUIRE(with_dZ.explanations.size() == 1u);
    BOOST_TEST(slugs(with_dZ.explanations[0]) == Names{"unknown-mistake"}, boost::test_tools::per_element());
    BOOST_TEST((with_dZ.explanations[0].findings[0].place == Place{Step::dZ, 2}));
    BOOST_TEST(with_dZ.explanations[0].not_judged.empty());
    BOOST_TEST(with_dZ.explanations[0].consequences.size() == 7u);

    const Diagnosis without = diagnose(submitted(e, g, false));
    BOOST_TEST_REQUIRE(without.explanations.size() == 1u);
    BOOST_TEST(without.explanations[0].not_judged == (Names{"dW1", "db1"}), boost::test_tools::per_element());
}

// A second mistake below the first is found on the user's own numbers.
BOOST_AUTO_TEST_CASE(two_mistakes_in_two_layers) {
    const Example e = example();
    auto g = wrong_from_dZ2_on(e, [](Tensor& dZ) { dZ = -dZ; });
    g.db[1].setConstant(g.dZ[1].sum() / 5);
    for (const bool with_dZ : {true, false}) {
        const Diagnosis diagnosis = diagnose(submitted(e, g, with_dZ));
        BOOST_TEST_REQUIRE(!diagnosis.explanations.empty());
        BOOST_TEST(slugs(diagnosis.explanations[0]) == (Names{"wrong-sign", "bias-summed-over-wrong-axis"}),
                   boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(one_mistake_in_every_layer_is_one_mistake) {
    const Example e = example(0.7);
    Gradients<double> g = e.right;
    for (std::size_t l = 1; l <= 3; ++l) g.dW[l] -= 0.7 / 5 * e.network.layer(l).dense.W;
    const Diagnosis diagnosis = diagnose(submitted(e, g, false));
    BOOST_TEST_REQUIRE(diagnosis.explanations.size() == 1u);
    BOOST_TEST(slugs(diagnosis.explanations[0]) == Names(3, "missing-regularisation"),
               boost::test_tools::per_element());
    BOOST_TEST(diagnosis.explanations[0].distinct_mistakes() == 1u);
}

// A lambda that the check was not told is found, and with it the line to type.
BOOST_AUTO_TEST_CASE(a_lambda_that_was_not_told) {
    const Example e = example(0.7);
    Example told = e;
    told.network.lambda = 0;
    const Diagnosis diagnosis = diagnose(submitted(told, e.right, false));
    BOOST_TEST_REQUIRE(diagnosis.explanations.size() == 1u);
    BOOST_TEST(diagnosis.explanations[0].findings[0].mistake->slug == "unexpected-regularisation");
    BOOST_TEST(*diagnosis.explanations[0].findings[0].parameter == 0.7 / 5, boost::test_tools::tolerance(1e-10));
}

// dZ2 is in the file, dA2 is not, and what is above is unknown: dW2 is still judged on dZ2.
BOOST_AUTO_TEST_CASE(below_an_unknown_step_judging_starts_again) {
    const Example e = example();
    Gradients<double> g = e.right;
    g.dW[3] = g.dW[3].array().sin().matrix() * 3;
    g.db[3] = g.db[3].array().cos().matrix();
    g.dW[2] = g.dW[2] * 5;
    g.db[2] = g.db[2] * 2;
    Submission s = submitted(e, g, false);
    s.gradients.dZ[2] = g.dZ[2];
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST_REQUIRE(!diagnosis.explanations.empty());
    BOOST_TEST(slugs(diagnosis.explanations[0]) ==
                   (Names{"unknown-mistake", "unknown-mistake", "missing-mean", "constant-factor"}),
               boost::test_tools::per_element());
}

// All examples but one leave layer 1 dead, so with zero biases Z2 lies exactly on the kink. Another slope there is as
// good as ours, and must neither be refuted nor hide what is really wrong.
void another_slope_at_a_kink_is_no_mistake(double c) {
    Example e = example();
    for (auto& layer : e.network.layers) layer.dense.b.setZero();
    e.network.layer(1).activation = Relu{};
    e.network.layer(2).activation = Relu{};
    e.network.layer(1).dense.W = e.network.layer(1).dense.W.cwiseAbs();
    e.X = -e.X.cwiseAbs();
    e.X.leftCols(2) *= -1;
    e.cache = forward(e.network, e.X);
    Gradients<double> g = empty_gradients(3);
    g.dZ[3] = e.cache.A[3] - e.Y;
    for (std::size_t l = 3; l >= 1; --l) {
        g.dW[l] = g.dZ[l] * e.cache.A[l - 1].transpose() / 5;
        g.db[l] = g.dZ[l].rowwise().sum() / 5;
        if (l == 1) break;
        const Tensor slope = e.cache.Z[l - 1].unaryExpr([c](double z) { return z > 0 ? 1.0 : z < 0 ? 0.0 : c; });
        g.dZ[l - 1] = (e.network.layer(l).dense.W.transpose() * g.dZ[l]).cwiseProduct(slope);
    }
    const Diagnosis right = diagnose(submitted(e, g, false));
    BOOST_TEST((e.cache.Z[2].array() == 0).any());
    BOOST_TEST((right.outcome() == checks::Outcome::confirmed));
    BOOST_TEST(right.explanations.empty());
    const std::string remark = fmt::format("as with relu'(0) = {}", c);
    BOOST_TEST(std::ranges::any_of(right.tensors,
                                   [&](const TensorResult& t) { return t.remark.find(remark) != std::string::npos; }),
               report_text(right));

    g.dW[1] *= -1;
    const Diagnosis wrong = diagnose(submitted(e, g, false));
    BOOST_TEST((wrong.outcome() == checks::Outcome::refuted));
    BOOST_TEST_REQUIRE(!wrong.explanations.empty());
    BOOST_TEST(slugs(wrong.explanations[0]) == (Names{"slope-at-kink", "wrong-sign"}),
               boost::test_tools::per_element());
    BOOST_TEST(wrong.explanations[0].distinct_mistakes() == 1u);
}

BOOST_AUTO_TEST_CASE(a_missing_tensor_is_passed_over) {
    const Example e = example();
    Gradients<double> g = e.right;
    g.dW[2] *= 2;
    Submission s = submitted(e, g, false);
    s.gradients.dW[3].resize(0, 0);
    s.gradients.db[2].resize(0);
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST(diagnosis.tensors.size() == 4u);
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    const bool named = std::ranges::any_of(diagnosis.explanations,
                                           [](const Explanation& x) { return slugs(x) == Names{"constant-factor"}; });
    BOOST_TEST(named);
}

BOOST_AUTO_TEST_CASE(the_other_slope_at_a_kink_is_no_mistake) {
    another_slope_at_a_kink_is_no_mistake(1);
}

BOOST_AUTO_TEST_CASE(the_mean_slope_at_a_kink_is_no_mistake) {
    another_slope_at_a_kink_is_no_mistake(0.5);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace first_wrong_step_suite

}  // namespace
}  // namespace gradproof::diagnosis
