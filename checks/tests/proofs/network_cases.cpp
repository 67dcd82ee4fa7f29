// SPDX-License-Identifier: MIT
//
// Cases proof/network/<hidden>/<output>/<loss>/<shape>, from the lists that the folders of lib make, and
// proof/network/mistakes.
#include "tests/proofs/network_cases.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "claims/pairing.hpp"
#include "gradproof/activations/exponential.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "notes/algebra/branches.hpp"
#include "tests/mutants/wrong_backward.hpp"
#include "tests/proofs/network_claims.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

// Sizes are pairwise different, so that no product fits in two ways; no output layer has one unit only.
const Shape wide{{4, 2, 3}, 5};
const Shape deep{{2, 4, 3, 5}, 1};
const Shape small{{2, 3, 4}, 1};
const Shape medium{{4, 2, 5}, 3};
// For mistakes: W2 is square, so that even a forgotten transpose fits.
const Shape square{{2, 3, 3}, 2};

struct Case {
    AnyActivation hidden;
    AnyActivation output;
    AnyLoss loss;

    std::string path() const { return name_of(hidden) + "/" + name_of(output) + "/" + name_of(loss); }
    bool is_canonical() const { return is_canonical_pair(output, loss); }
};

bool has_kinks(const AnyActivation& g) {
    return !g.facts().kinks.empty();
}

std::vector<OutputRoute> routes(const Case& test) {
    if (test.is_canonical()) return {OutputRoute::through_dA, OutputRoute::a_minus_y};
    return {OutputRoute::through_dA};
}

// The branches of a smooth activation are one and the same element (proof/activations/.../branches_agree), so any
// branch stands for all. These decisions are as good as random and the same in every run.
bool mixed(std::size_t seed, std::size_t k) {
    return ((seed * 2654435761u + k * 40503u) >> 4) % 2 == 0;
}

void prove_case(Claim& claim, const Case& test, const Shape& shape, bool every_branch) {
    Vector<Symbol> output_bias;
    // The output layer's pre-activations hold its biases; hidden ones do not.
    const auto is_hidden = [&](const Symbol& difference) {
        return derivatives(difference, output_bias).unaryExpr([](const Symbol& d) { return d.is_zero(); }).all();
    };
    const auto body = [&] {
        Field field(field_capacity(shape));
        const SymbolicNetwork problem(shape, test.hidden, test.output, test.loss);
        output_bias = problem.network.layers.back().dense.b;
        for (const auto route : routes(test)) prove_gradients(claim, problem, backward_by(route));
    };
    if (!every_branch) {
        along_one_branch([](std::size_t k) { return mixed(1, k); }, body);
    } else if (has_kinks(test.output)) {
        for_each_branch(body);
    } else {
        for_each_branch(body, {.varied = is_hidden});
    }
}

void add_proof(const Case& test, const Shape& shape, bool every_branch = false) {
    const std::string path = "proof/network/" + test.path() + "/" + shape.str() + (every_branch ? "_every_branch" : "");
    checks::add_case(path, [=] {
        Claim claim(prove_equal);
        prove_case(claim, test, shape, every_branch);
        BOOST_TEST(claim.proved(), claim.report());
    });
}

Claim claim_about(const Case& test, const Backward& backward, const Prover& prover) {
    Claim claim(prover);
    Field field(2 * field_capacity(square));  // a mistake may bring functions that no right formula has
    const SymbolicNetwork problem(square, test.hidden, test.output, test.loss);
    along_one_branch([](std::size_t k) { return mixed(1, k); }, [&] { prove_gradients(claim, problem, backward); });
    return claim;
}

Case canonical() {
    return {Tanh{}, Sigmoid{}, BinaryCrossEntropy{}};
}

Case not_canonical() {
    return {Tanh{}, Sigmoid{}, SquaredError{}};
}

// A pass with the mistake is refuted; the same pass without it is proved, so the mistake is what is seen.
void add_mistaken_networks() {
    for (const Case& test : {canonical(), not_canonical()})
        checks::add_case("proof/network/mistakes/none/" + test.path(), [test] {
            const Claim claim = claim_about(test, mutants::BackwardPass<Symbol>{}, prove_equal);
            BOOST_TEST(claim.proved(), claim.report());
        });
    for (const auto& wrong : mutants::wrong_backward_passes<Symbol>()) {
        const Case test = wrong.right_if_canonical ? not_canonical() : canonical();
        checks::add_case("proof/network/mistakes/" + wrong.name + "_refuted", [test, wrong] {
            const Claim claim = claim_about(test, wrong, prove_equal);
            BOOST_TEST(claim.refuted(), "not refuted: " << claim.report());
        });
    }
}

namespace network_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(network)
BOOST_AUTO_TEST_SUITE(mistakes)

// With a prover that always says yes, not one of the mistakes is refuted: their cases would all be red.
BOOST_AUTO_TEST_CASE(a_prover_that_always_agrees_is_noticed) {
    const Prover agrees = [](const Symbol&, const Symbol&) { return Proof{Proof::Status::proved, ""}; };
    for (const auto& wrong : mutants::wrong_backward_passes<Symbol>())
        BOOST_TEST(!claim_about(canonical(), wrong, agrees).refuted(), wrong.name);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace network_suite

}  // namespace

// Those whose networks have formulas of a size that can be carried out. The slope of every other activation is proved
// by itself (proof/activations), and a network only multiplies by it, whatever it is (notes/network).
bool is_proved_in_networks(const AnyActivation& g) {
    return g.is<Exponential>() || g.is<Identity>() || g.is<LeakyRelu>() || g.is<Relu>() || g.is<Sigmoid>() ||
           g.is<Softmax>() || g.is<Softplus>() || g.is<Tanh>();
}

void add_network_cases() {
    for (const auto& [output, loss, canonical] : checks::swept_pairings()) {
        if (!is_proved_in_networks(output) || loss.facts().canonical.empty()) continue;
        if (!canonical) {
            add_proof({Tanh{}, output, loss}, small, has_kinks(output));
            continue;
        }
        for (const AnyActivation& hidden : all_activations()) {
            if (!is_proved_in_networks(hidden)) continue;
            const Case test{hidden, output, loss};
            add_proof(test, wide);
            add_proof(test, deep);
            if (has_kinks(hidden)) add_proof(test, small, true);
            if (has_kinks(hidden) && output.is<Identity>()) add_proof(test, medium, true);
        }
    }
    add_mistaken_networks();
}

}  // namespace gradproof::proof
