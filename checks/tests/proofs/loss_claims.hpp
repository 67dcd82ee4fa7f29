// SPDX-License-Identifier: MIT
//
// What is proved of one loss, by running lib's own formulas on symbols.
#pragma once

#include "gradproof/loss.hpp"
#include "tests/proofs/activation_claims.hpp"

namespace gradproof::proof {

/// The labels at which a loss is proved: any label inside its domain, and each end that belongs to the domain (there
/// 0 log 0 = 0 takes a term away).
template <class L>
std::vector<Symbol> label_cases() {
    std::vector<Symbol> result{Field::current().symbol_within("y", L::label_domain)};
    if (L::label_domain.closed_below) result.push_back(Symbol(L::label_domain.lower));
    if (L::label_domain.closed_above) result.push_back(Symbol(L::label_domain.upper));
    return result;
}

template <class L>
Claim prove_loss_derivative(const L& loss, const Prover& prover) {
    Claim claim(prover);
    Field field;
    const Symbol a = field.symbol_within("a", L::prediction_domain);
    for (const Symbol& y : label_cases<L>())
        for_each_branch([&] {
            claim.equal("dL/da at y = " + y.str(), loss.derivative(a, y), field.derivative(loss.value(a, y), a));
        });
    return claim;
}

/// That the stable form from z is the loss of the canonical activation's value.
template <HasCanonicalActivation L>
Claim prove_value_from_pre_activation(const L& loss, const Prover& prover) {
    using G = typename L::Canonical;
    const G g;
    Claim claim(prover);
    Field field;
    if constexpr (ElementwiseActivation<G, Symbol>) {
        const Symbol z = field.symbol("z");
        for (const Symbol& y : label_cases<L>())
            for_each_branch([&] {
                claim.equal("L at y = " + y.str(), loss.value_from_pre_activation(z, y), loss.value(g.value(z), y));
            });
    } else {
        const Vector<Symbol> z = symbols("z", classes, 1);
        Vector<Symbol> y = symbols("y", classes, 1, L::label_domain);
        const auto check = [&](const std::string& labels) {
            for_each_branch([&] {
                const Vector<Symbol> a = g.value(z);
                Symbol sum(0);
                for (Eigen::Index k = 0; k < classes; ++k) sum = sum + loss.value(a(k), y(k));
                claim.equal("L at " + labels, loss.value_from_pre_activation(z, y), sum);
            });
        };
        check("labels inside");
        for (Eigen::Index k = 0; k < classes; ++k) y(k) = Symbol(k == 1 ? 1 : 0);
        check("a one-hot label");
    }
    return claim;
}

}  // namespace gradproof::proof
