// SPDX-License-Identifier: MIT
#include "tests/proofs/activation_claims.hpp"

#include <functional>

namespace gradproof::proof {
namespace {

// That `candidate(z)` is the derivative of g.value(z), on every branch.
Claim is_derivative_of_value(const ActivationFormulas<Symbol>& g, const Prover& prover,
                             const std::function<Symbol(const Symbol&)>& candidate) {
    Claim claim(prover);
    Field field;
    const Symbol z = field.symbol("z");
    for_each_branch([&] {
        const Symbol expected = field.derivative(g.value(z), z);
        claim.equal("g'(z)", candidate(z), expected);
    });
    return claim;
}

}  // namespace

Claim prove_derivative(const ActivationFormulas<Symbol>& g, const Prover& prover) {
    if (g.is_elementwise()) return is_derivative_of_value(g, prover, [&g](const Symbol& z) { return g.derivative(z); });
    Claim claim(prover);
    Field field;
    const Matrix<Symbol> z = symbols("z", classes, 1);
    const Matrix<Symbol> upstream = symbols("u", classes, 1);
    for_each_branch([&] {
        const Symbol product = g.activate(z).cwiseProduct(upstream).sum();
        claim.equal("pull_back", g.pull_back(z, upstream), derivatives(product, z));
    });
    return claim;
}

Claim prove_derivative_from_value(const ActivationFormulas<Symbol>& g, const Prover& prover) {
    return is_derivative_of_value(g, prover, [&g](const Symbol& z) { return g.derivative_from_value(g.value(z)); });
}

Claim prove_second_derivative(const ActivationFormulas<Symbol>& g, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const Symbol z = field.symbol("z");
    for_each_branch([&] { claim.equal("g''(z)", g.second_derivative(z), field.derivative(g.derivative(z), z)); });
    return claim;
}

Claim prove_kinks(const ActivationFormulas<Symbol>& g, const std::vector<Kink>& kinks, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const Symbol z = field.symbol("z");
    for (const Kink& kink : kinks) {
        const Assumption at_the_kink = assume_zero(z - Symbol(kink.at));
        // The formula may divide exactly, as 1/100 does; the declaration is the double nearest to it.
        const Symbol taken = g.derivative(z);
        const Symbol distance = abs(taken - Symbol(kink.derivative_taken));
        claim.holds("g'(kink) = " + taken.str() + " is declared", distance <= abs(taken) * Symbol(0x1p-53));
    }
    return claim;
}

Claim prove_branches_agree(const ActivationFormulas<Symbol>& g, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const auto agree = [&](const std::function<Matrix<Symbol>()>& formula) {
        std::vector<Matrix<Symbol>> results;
        for_each_branch([&] { results.push_back(formula()); });
        for (const auto& result : results) claim.equal("the branches' values", result, results.front());
    };
    const Eigen::Index n = g.is_elementwise() ? 1 : classes;
    const Matrix<Symbol> z = symbols("z", n, 1);
    const Matrix<Symbol> upstream = g.is_elementwise() ? Matrix<Symbol>::Constant(1, 1, Symbol(1)) : symbols("u", n, 1);
    agree([&] { return g.activate(z); });
    agree([&] { return g.pull_back(z, upstream); });
    return claim;
}

}  // namespace gradproof::proof
