// SPDX-License-Identifier: MIT
//
// Cases proof/activations, proof/losses and proof/pairings: one a claim, from the folders of lib.
#include "tests/proofs/formula_cases.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "claims/pairing.hpp"
#include "gradproof/compile_cases.hpp"
#include "tests/mutants/wrong_formulas.hpp"
#include "tests/proofs/activation_claims.hpp"
#include "tests/proofs/in_field.hpp"
#include "tests/proofs/loss_claims.hpp"
#include "tests/proofs/pairing_claims.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

void expect_proved(const Claim& claim) {
    BOOST_TEST(claim.proved(), claim.report());
}

void prove_activation(const AnyActivation& activation) {
    const std::string path = "proof/activations/" + name_of(activation) + "/";
    if (!checks::is_asked_for(path) || !is_in_field(activation)) return;
    const auto g = activation.on<Symbol>();
    checks::add_case(path + "derivative", [g] { expect_proved(prove_derivative(g, prove_equal)); });
    if (g.has_derivative_from_value())
        checks::add_case(path + "derivative_from_value",
                         [g] { expect_proved(prove_derivative_from_value(g, prove_equal)); });
    if (g.has_second_derivative())
        checks::add_case(path + "second_derivative", [g] { expect_proved(prove_second_derivative(g, prove_equal)); });
    const std::vector<Kink> kinks = activation.facts().kinks;
    if (kinks.empty() && activation.facts().seams.empty()) {
        checks::add_case(path + "branches_agree", [g] { expect_proved(prove_branches_agree(g, prove_equal)); });
    } else if (!kinks.empty()) {
        checks::add_case(path + "kinks", [g, kinks] { expect_proved(prove_kinks(g, kinks, prove_equal)); });
    }
}

void prove_loss(const AnyLoss& any) {
    const std::string path = "proof/losses/" + name_of(any) + "/";
    if (!checks::is_asked_for(path) || !is_in_field(any)) return;
    const auto loss = any.on<Symbol>();
    const LossFacts facts = any.facts();
    checks::add_case(path + "derivative", [=] { expect_proved(prove_loss_derivative(loss, facts, prove_equal)); });
    if (loss.has_losses_from_pre_activation())
        checks::add_case(path + "value_from_pre_activation",
                         [=] { expect_proved(prove_value_from_pre_activation(loss, facts, prove_equal)); });
}

// Powers as those of e^(1.0507... z), whose exponents have 16 digits, may outgrow the field in a sum of exponentials.
// Then nothing is proved, and the claims on the pairing rest on differences.
void unless_too_large(const std::function<void()>& check) {
    try {
        check();
    } catch (const std::length_error& too_large) {
        BOOST_TEST(std::string_view(too_large.what()).starts_with("too large to prove exactly"));
    }
}

void prove_pairing(const AnyActivation& g, const AnyLoss& loss) {
    const std::string path = "proof/pairings/" + name_of(g) + "/" + name_of(loss) + "/";
    if (!checks::is_asked_for(path)) return;
    // Of a loss in pieces the branches of value and derivative are not told to go together.
    if (!are_compatible(g, loss) || !is_in_field(g) || !is_in_field(loss) || loss.has_kinks_or_seams()) return;
    if (!is_in_field(g, loss)) return;
    checks::add_case(path + "dZ",
                     [g, loss] { unless_too_large([&] { expect_proved(prove_dZ(g, loss, prove_equal)); }); });
    if (is_canonical_pair(g, loss)) {
        checks::add_case(path + "a_minus_y", [g, loss] { expect_proved(prove_a_minus_y(g, loss, prove_equal)); });
    } else {
        checks::add_case(path + "a_minus_y_refuted", [g, loss] {
            unless_too_large([&] {
                const Claim claim = prove_a_minus_y(g, loss, prove_equal);
                BOOST_TEST(claim.refuted(), "A - Y should not be dZ here: " << claim.report());
            });
        });
    }
}

// The claim that has to refute a mistake. A loss that is the integral of its derivative may still not be the one that
// its form from the pre-activation belongs to.
template <class Wrong>
Claim claim_about(const Wrong& wrong, const Prover& prover) {
    const auto formulas = formulas_on<Symbol>(wrong);
    if constexpr (ColumnLoss<Wrong, Symbol>) {
        return prove_loss_derivative(formulas, AnyLoss(wrong).facts(), prover);
    } else if constexpr (Loss<Wrong, Symbol>) {
        const LossFacts facts = AnyLoss(wrong).facts();
        const Claim claim = prove_loss_derivative(formulas, facts, prover);
        return claim.refuted() ? claim : prove_value_from_pre_activation(formulas, facts, prover);
    } else {
        return prove_derivative(formulas, prover);
    }
}

// Whether the formula without the mistake can be written as symbols at all.
template <class Wrong>
bool can_be_proved(const Wrong&) {
    if constexpr (Loss<Wrong>) {
        return is_in_field(AnyLoss(typename Wrong::Right{}));
    } else {
        return is_in_field(AnyActivation(typename Wrong::Right{}));
    }
}

void add_mistaken_formulas() {
    const auto expect_refuted = [](const Claim& claim) {
        BOOST_TEST(claim.refuted(), "not refuted: " << claim.report());
    };
    mutants::for_each_wrong_formula([&](const std::string& name, const auto& wrong) {
        const std::string path = "proof/mistakes/" + name + "_refuted";
        if (!checks::is_asked_for(path) || !can_be_proved(wrong)) return;
        checks::add_case(path, [=] { expect_refuted(claim_about(wrong, prove_equal)); });
    });
    checks::add_case("proof/mistakes/branches_that_differ_refuted", [=] {
        expect_refuted(prove_branches_agree(formulas_on<Symbol>(mutants::SigmoidWrongOnTheLeft{}), prove_equal));
    });
}

namespace formula_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(mistakes)

BOOST_AUTO_TEST_CASE(a_prover_that_always_agrees_is_noticed) {
    const Prover agrees = [](const Symbol&, const Symbol&) { return Proof{Proof::Status::proved, ""}; };
    mutants::for_each_wrong_formula([&](const std::string& name, const auto& wrong) {
        if (can_be_proved(wrong)) BOOST_TEST(!claim_about(wrong, agrees).refuted(), name);
    });
    BOOST_TEST(!prove_branches_agree(formulas_on<Symbol>(mutants::SigmoidWrongOnTheLeft{}), agrees).refuted());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace formula_suite

}  // namespace

void add_formula_cases() {
    add_mistaken_formulas();
    for (const AnyActivation& g : all_activations()) prove_activation(g);
    for (const AnyLoss& loss : all_losses()) prove_loss(loss);
    for (const auto& [g, loss, canonical] : checks::swept_pairings()) prove_pairing(g, loss);
}

}  // namespace gradproof::proof
