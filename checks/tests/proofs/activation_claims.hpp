// SPDX-License-Identifier: MIT
//
// What is proved of one activation, by running lib's own formulas on symbols.
#pragma once

#include "tests/proofs/claims.hpp"

namespace gradproof::proof {

/// The number of classes at which vector activations are proved.
inline constexpr Eigen::Index classes = 3;

/// That `candidate(g, z)` is the derivative of g.value(z), on every branch.
template <class G, class Candidate>
Claim is_derivative_of_value(const G& g, const Prover& prover, Candidate candidate) {
    Claim claim(prover);
    Field field;
    const Symbol z = field.symbol("z");
    for_each_branch([&] {
        const Symbol expected = field.derivative(g.value(z), z);
        claim.equal("g'(z)", candidate(g, z), expected);
    });
    return claim;
}

template <class G>
Claim prove_derivative(const G& g, const Prover& prover) {
    if constexpr (ElementwiseActivation<G, Symbol>) {
        return is_derivative_of_value(g, prover, [](const G& h, const Symbol& z) -> Symbol { return h.derivative(z); });
    } else {
        Claim claim(prover);
        Field field;
        const Vector<Symbol> z = symbols("z", classes, 1);
        const Vector<Symbol> upstream = symbols("u", classes, 1);
        for_each_branch([&] {
            const Symbol product = g.value(z).cwiseProduct(upstream).sum();
            claim.equal("pull_back", g.pull_back(z, upstream), derivatives(product, z));
        });
        return claim;
    }
}

template <HasDerivativeFromValue<Symbol> G>
Claim prove_derivative_from_value(const G& g, const Prover& prover) {
    return is_derivative_of_value(
        g, prover, [](const G& h, const Symbol& z) -> Symbol { return h.derivative_from_value(h.value(z)); });
}

template <HasSecondDerivative<Symbol> G>
Claim prove_second_derivative(const G& g, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const Symbol z = field.symbol("z");
    for_each_branch([&] { claim.equal("g''(z)", g.second_derivative(z), field.derivative(g.derivative(z), z)); });
    return claim;
}

/// That the derivative taken at each kink is the declared one.
template <HasKinks G>
Claim prove_kinks(const G& g, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const Symbol z = field.symbol("z");
    for (const Kink& kink : G::kinks) {
        const Assumption at_the_kink = assume_zero(z - Symbol(kink.at));
        // The formula may divide exactly, as 1/100 does; the declaration is the double nearest to it.
        const Symbol taken = g.derivative(z);
        const Symbol distance = abs(taken - Symbol(kink.derivative_taken));
        claim.holds("g'(kink) = " + taken.str() + " is declared", distance <= abs(taken) * Symbol(0x1p-53));
    }
    return claim;
}

/// That a formula without kinks is the same on all its branches: they differ in rounding only.
template <class G>
Claim prove_branches_agree(const G& g, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const auto agree = [&](const auto& z, const auto& formula) {
        std::vector<Matrix<Symbol>> results;
        for_each_branch([&] { results.push_back(formula(z)); });
        for (const auto& result : results) claim.equal("the branches' values", result, results.front());
    };
    if constexpr (ElementwiseActivation<G, Symbol>) {
        const Symbol z = field.symbol("z");
        agree(z, [&](const Symbol& x) { return Matrix<Symbol>::Constant(1, 1, g.value(x)); });
        agree(z, [&](const Symbol& x) { return Matrix<Symbol>::Constant(1, 1, g.derivative(x)); });
    } else {
        const Vector<Symbol> z = symbols("z", classes, 1);
        const Vector<Symbol> upstream = symbols("u", classes, 1);
        agree(z, [&](const Vector<Symbol>& x) { return Matrix<Symbol>(g.value(x)); });
        agree(z, [&](const Vector<Symbol>& x) { return Matrix<Symbol>(g.pull_back(x, upstream)); });
    }
    return claim;
}

}  // namespace gradproof::proof
