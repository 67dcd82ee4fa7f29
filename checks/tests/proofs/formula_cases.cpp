// SPDX-License-Identifier: MIT
//
// Cases proof/activations, proof/losses and proof/pairings: one a claim, from the lists that the folders of lib make.
#include "tests/proofs/formula_cases.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "gradproof/activation_list.hpp"
#include "gradproof/loss_list.hpp"
#include "tests/proofs/activation_claims.hpp"
#include "tests/proofs/loss_claims.hpp"
#include "tests/proofs/mistaken_formulas.hpp"
#include "tests/proofs/pairing_claims.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

template <class Tuple, class Body>
void for_each_type(const Body& body) {
    [&]<class... T>(std::tuple<T...>*) { (body(T{}), ...); }(static_cast<Tuple*>(nullptr));
}

void expect_proved(const Claim& claim) {
    BOOST_TEST(claim.proved(), claim.report());
}

template <class G>
void add_activation(const G& g) {
    const std::string path = "proof/activations/" + std::string(G::name) + "/";
    checks::add_case(path + "derivative", [g] { expect_proved(prove_derivative(g, prove_equal)); });
    if constexpr (HasDerivativeFromValue<G, Symbol>)
        checks::add_case(path + "derivative_from_value",
                         [g] { expect_proved(prove_derivative_from_value(g, prove_equal)); });
    if constexpr (HasSecondDerivative<G, Symbol>)
        checks::add_case(path + "second_derivative", [g] { expect_proved(prove_second_derivative(g, prove_equal)); });
    if constexpr (HasKinks<G>) {
        checks::add_case(path + "kinks", [g] { expect_proved(prove_kinks(g, prove_equal)); });
    } else {
        checks::add_case(path + "branches_agree", [g] { expect_proved(prove_branches_agree(g, prove_equal)); });
    }
}

template <class L>
void add_loss(const L& loss) {
    const std::string path = "proof/losses/" + std::string(L::name) + "/";
    checks::add_case(path + "derivative", [loss] { expect_proved(prove_loss_derivative(loss, prove_equal)); });
    if constexpr (HasCanonicalActivation<L>)
        checks::add_case(path + "value_from_pre_activation",
                         [loss] { expect_proved(prove_value_from_pre_activation(loss, prove_equal)); });
}

template <class G, class L>
void add_pairing(const G& g, const L& loss) {
    if constexpr (makes_sense<G, L>) {
        const std::string path = "proof/pairings/" + std::string(G::name) + "/" + std::string(L::name) + "/";
        checks::add_case(path + "dZ", [g, loss] { expect_proved(prove_dZ(g, loss, prove_equal)); });
        if constexpr (is_canonical<G, L>) {
            checks::add_case(path + "a_minus_y", [g, loss] { expect_proved(prove_a_minus_y(g, loss, prove_equal)); });
        } else {
            checks::add_case(path + "a_minus_y_refuted", [g, loss] {
                const Claim claim = prove_a_minus_y(g, loss, prove_equal);
                BOOST_TEST(claim.refuted(), "A - Y should not be dZ here: " << claim.report());
            });
        }
    }
}

// Each with the claim that has to refute it.
std::vector<std::pair<std::string, std::function<Claim(const Prover&)>>> mistaken_claims() {
    using namespace mistaken;
    return {
        {"sigmoid_as_its_own_derivative",
         [](const Prover& p) { return prove_derivative(SigmoidAsItsOwnDerivative{}, p); }},
        {"sigmoid_derivative_at_value",
         [](const Prover& p) { return prove_derivative(SigmoidDerivativeAtValue{}, p); }},
        {"sigmoid_wrong_on_the_left", [](const Prover& p) { return prove_branches_agree(SigmoidWrongOnTheLeft{}, p); }},
        {"softmax_diagonal", [](const Prover& p) { return prove_derivative(SoftmaxDiagonal{}, p); }},
        {"twice_the_loss",
         [](const Prover& p) { return prove_value_from_pre_activation(TwiceBinaryCrossEntropy{}, p); }},
        {"loss_with_wrong_sign",
         [](const Prover& p) { return prove_loss_derivative(BinaryCrossEntropyWrongSign{}, p); }},
    };
}

void add_mistaken_formulas() {
    for (const auto& [name, claim_about] : mistaken_claims())
        checks::add_case("proof/mistakes/" + name + "_refuted", [claim = claim_about] {
            const Claim outcome = claim(prove_equal);
            BOOST_TEST(outcome.refuted(), "not refuted: " << outcome.report());
        });
}

namespace formula_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(mistakes)

BOOST_AUTO_TEST_CASE(a_prover_that_always_agrees_is_noticed) {
    const Prover agrees = [](const Symbol&, const Symbol&) { return Proof{Proof::Status::proved, ""}; };
    for (const auto& [name, claim] : mistaken_claims()) BOOST_TEST(!claim(agrees).refuted(), name);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace formula_suite

}  // namespace

void add_formula_cases() {
    add_mistaken_formulas();
    for_each_type<Activations>([](const auto& g) { add_activation(g); });
    for_each_type<Losses>([](const auto& loss) { add_loss(loss); });
    for_each_type<Activations>(
        [](const auto& g) { for_each_type<Losses>([&g](const auto& loss) { add_pairing(g, loss); }); });
}

}  // namespace gradproof::proof
