// SPDX-License-Identifier: MIT
//
// The course's own gradient-checking assignment (4 -> 5 -> 3 -> 1, seed 1), with the two mistakes planted there, and
// the bias gradient of its first edition.
#include <boost/test/unit_test.hpp>

#include "diagnosis/own_backward.hpp"
#include "diagnosis/power/fixed_rules.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/diagnosis/examples.hpp"

namespace gradproof::diagnosis {
namespace {

struct Assignment {
    Network<double> network;
    Tensor X;
    Tensor Y = (Tensor(1, 3) << 1, 1, 0).finished();
};

Assignment assignment() {
    checks::CourseRandom random(1);
    Assignment a;
    a.X = random.randn(4, 3);
    const auto layer = [&](Eigen::Index n, Eigen::Index n_prev, const AnyActivation& g) {
        const Tensor W = random.randn(n, n_prev);
        const Tensor b = random.randn(n, 1);
        a.network.layers.push_back({{W, b}, g});
    };
    layer(5, 4, Relu{});
    layer(3, 5, Relu{});
    layer(1, 3, Sigmoid{});
    a.network.loss = BinaryCrossEntropy{};
    return a;
}

Diagnosis diagnose_with(const std::function<void(Gradients<double>&, const Assignment&)>& change) {
    const Assignment a = assignment();
    Gradients<double> gradients = backward(a.network, forward(a.network, a.X), a.Y);
    change(gradients, a);
    for (auto* tensors : {&gradients.dZ, &gradients.dA})
        for (Tensor& tensor : *tensors) tensor.resize(0, 0);
    return diagnose(submission_of(a.network, a.X, a.Y, gradients));
}

namespace course_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(course_assignment)

BOOST_AUTO_TEST_CASE(the_right_pass_is_confirmed) {
    const Diagnosis diagnosis = diagnose_with([](auto&, const auto&) {});
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::confirmed));
    BOOST_TEST(diagnosis.explanations.empty());
    BOOST_TEST(diagnosis.warnings.size() == 2u);  // dead units in both hidden layers
}

BOOST_AUTO_TEST_CASE(both_planted_mistakes_are_named_at_their_places) {
    const Diagnosis diagnosis = diagnose_with([](Gradients<double>& g, const Assignment&) {
        g.dW[2] *= 2;
        g.db[1] *= 4;
    });
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    BOOST_TEST_REQUIRE(diagnosis.explanations.size() == 1u);
    const auto& findings = diagnosis.explanations[0].findings;
    BOOST_TEST_REQUIRE(findings.size() == 2u);
    BOOST_TEST((findings[0].place == Place{Step::dW, 2}));
    BOOST_TEST(findings[0].mistake->slug == "constant-factor");
    BOOST_TEST(*findings[0].parameter == 2, boost::test_tools::tolerance(1e-12));
    BOOST_TEST((findings[1].place == Place{Step::db, 1}));
    BOOST_TEST(*findings[1].parameter == 4, boost::test_tools::tolerance(1e-12));
    for (const TensorResult& t : diagnosis.tensors)
        BOOST_TEST((t.outcome == checks::Outcome::refuted) == (t.name == "dW2" || t.name == "db1"));
}

// The published costs of 2017 come from this: one sum over all units for every bias.
BOOST_AUTO_TEST_CASE(the_bias_gradient_of_the_first_edition_is_named) {
    const Diagnosis diagnosis = diagnose_with([](Gradients<double>& g, const Assignment&) {
        for (std::size_t l = 1; l <= 3; ++l) g.db[l].setConstant(g.dZ[l].sum() / 3);
    });
    BOOST_TEST_REQUIRE(diagnosis.explanations.size() == 1u);
    BOOST_TEST(slugs(diagnosis.explanations[0]) ==
                   (std::vector<std::string>{"bias-summed-over-wrong-axis", "bias-summed-over-wrong-axis"}),
               boost::test_tools::per_element());
}

// The course's rule calls NaN "works perfectly fine"; ours must not.
BOOST_AUTO_TEST_CASE(nan_is_refuted) {
    const Diagnosis diagnosis =
        diagnose_with([](Gradients<double>& g, const Assignment&) { g.dW[1](0, 0) = std::nan(""); });
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    BOOST_TEST(slugs(diagnosis.explanations.at(0)).at(0) == "unknown-mistake");

    const Assignment a = assignment();
    Gradients<double> gradients = backward(a.network, forward(a.network, a.X), a.Y);
    gradients.dW[1](0, 0) = std::nan("");
    const FixedRule& rule = fixed_rules().back();
    BOOST_TEST(rule.accepts(flattened(gradients), numerical_for(rule, a.network, a.X, a.Y)));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace course_suite

}  // namespace
}  // namespace gradproof::diagnosis
