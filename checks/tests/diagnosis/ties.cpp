// SPDX-License-Identifier: MIT
//
// Weights that two layers share: an autoencoder's W2 = W1.T, whose gradient is the sum of what both places give.
#include "diagnosis/ties.hpp"

#include <boost/test/unit_test.hpp>

#include "diagnosis/diagnosis.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/diagnosis/examples.hpp"

namespace gradproof::diagnosis {
namespace {

struct Autoencoder {
    Network<double> network;
    Tensor X;
    Gradients<double> alone;  // of each place by itself
};

Autoencoder autoencoder(const AnyActivation& hidden) {
    checks::CourseRandom random(3);
    const Tensor W = random.randn(3, 5) * 0.7;
    Autoencoder a;
    a.network = {
        .layers = {{{W, random.randn(3, 1) * 0.2}, hidden}, {{W.transpose(), random.randn(5, 1) * 0.2}, Sigmoid{}}},
        .loss = SquaredError{}};
    a.X = random.randn(5, 6);
    a.alone = right_gradients(a.network, forward(a.network, a.X), a.X);
    return a;
}

// The diagnosis of a file with these gradients of the shared weights, as dW1 and dW2.
Diagnosis diagnosis_of(const Autoencoder& a, const Gradients<double>& gradients) {
    Submission s{.file = "autoencoder",
                 .network = a.network,
                 .X = a.X,
                 .Y = a.X,
                 .cache = {},
                 .gradients = gradients,
                 .cost = {}};
    s.cache.Z.resize(3);
    s.cache.A.resize(3);
    s.ties = {{.l = 2, .of = 1, .is_transposed = true}};
    for (auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
        for (Tensor& tensor : *tensors) tensor.resize(0, 0);
    return diagnose(s);
}

Gradients<double> total(Gradients<double> alone) {
    add_up(alone, {{.l = 2, .of = 1, .is_transposed = true}});
    return alone;
}

BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(shared_weights)

BOOST_AUTO_TEST_CASE(the_sum_of_both_places_is_confirmed) {
    for (const AnyActivation hidden : {AnyActivation(Sigmoid{}), AnyActivation(Relu{})}) {
        const Autoencoder a = autoencoder(hidden);
        const Diagnosis diagnosis = diagnosis_of(a, total(a.alone));
        BOOST_TEST((diagnosis.outcome() == checks::Outcome::confirmed));
        BOOST_TEST(diagnosis.tensors.size() == 4u);
    }
}

BOOST_AUTO_TEST_CASE(one_place_alone_is_refuted_and_named, *boost::unit_test::label("negative")) {
    const Autoencoder a = autoencoder(Sigmoid{});
    const Diagnosis alone = diagnosis_of(a, a.alone);
    BOOST_TEST((alone.outcome() == checks::Outcome::refuted));
    BOOST_TEST_REQUIRE(alone.explanations.size() == 1u);
    BOOST_TEST(slugs(alone.explanations[0]) ==
                   (std::vector<std::string>{"shared-weights-at-one-place", "shared-weights-at-one-place"}),
               boost::test_tools::per_element());
    Gradients<double> exchanged = a.alone;
    exchanged.dW[1] = a.alone.dW[2].transpose();
    exchanged.dW[2] = a.alone.dW[1].transpose();
    BOOST_TEST(slugs(diagnosis_of(a, exchanged).explanations.at(0)).front() == "shared-weights-at-one-place");
}

// A mistake at one of the places, the sum taken right.
BOOST_AUTO_TEST_CASE(a_mistake_at_one_place_keeps_its_name, *boost::unit_test::label("negative")) {
    const Autoencoder a = autoencoder(Sigmoid{});
    Gradients<double> wrong = a.alone;
    wrong.dZ[1] = wrong.dA[1];
    wrong.dW[1] = wrong.dZ[1] * a.X.transpose() / 6;
    wrong.db[1] = wrong.dZ[1].rowwise().sum() / 6;
    const Diagnosis diagnosis = diagnosis_of(a, total(wrong));
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    bool named = false;
    for (const Explanation& explanation : diagnosis.explanations)
        for (const std::string& slug : slugs(explanation)) named = named || slug == "missing-activation-derivative";
    BOOST_TEST(named);
    Gradients<double> one_entry = total(a.alone);
    one_entry.dW[1](1, 2) *= 1 + 1e-7;
    BOOST_TEST((diagnosis_of(a, one_entry).outcome() == checks::Outcome::refuted));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::diagnosis
