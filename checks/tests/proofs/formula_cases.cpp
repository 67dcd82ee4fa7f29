// SPDX-License-Identifier: MIT
//
// Cases proof/activations, proof/losses and proof/pairings: one a claim, from the lists that the folders of lib make.
#include "tests/proofs/formula_cases.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "gradproof/activation_list.hpp"
#include "gradproof/loss_list.hpp"
#include "tests/mutants/wrong_formulas.hpp"
#include "tests/proofs/activation_claims.hpp"
#include "tests/proofs/loss_claims.hpp"
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

// The claim that has to refute a mistake. A loss that is the integral of its derivative may still not be the one that
// its form from the pre-activation belongs to.
template <class Wrong>
Claim claim_about(const Wrong& wrong, const Prover& prover) {
    if constexpr (Loss<Wrong, Symbol>) {
        const Claim claim = prove_loss_derivative(wrong, prover);
        return claim.refuted() ? claim : prove_value_from_pre_activation(wrong, prover);
    } else {
        return prove_derivative(wrong, prover);
    }
}

void add_mistaken_formulas() {
    const auto expect_refuted = [](const Claim& claim) {
        BOOST_TEST(claim.refuted(), "not refuted: " << claim.report());
    };
    mutants::for_each_wrong_formula([&](const std::string& name, const auto& wrong) {
        checks::add_case("proof/mistakes/" + name + "_refuted",
                         [=] { expect_refuted(claim_about(wrong, prove_equal)); });
    });
    checks::add_case("proof/mistakes/branches_that_differ_refuted",
                     [=] { expect_refuted(prove_branches_agree(mutants::SigmoidWrongOnTheLeft{}, prove_equal)); });
}

namespace formula_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(mistakes)

BOOST_AUTO_TEST_CASE(a_prover_that_always_agrees_is_noticed) {
    const Prover agrees = [](const Symbol&, const Symbol&) { return Proof{Proof::Status::proved, ""}; };
    mutants::for_each_wrong_formula(
        [&](const std::string& name, const auto& wrong) { BOOST_TEST(!claim_about(wrong, agrees).refuted(), name); });
    BOOST_TEST(!prove_branches_agree(mutants::SigmoidWrongOnTheLeft{}, agrees).refuted());
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
