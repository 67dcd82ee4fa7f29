// SPDX-License-Identifier: MIT
#include "tests/proofs/loss_claims.hpp"

#include "tests/proofs/activation_claims.hpp"

namespace gradproof::proof {
namespace {

std::vector<Symbol> label_cases(const Interval& domain) {
    std::vector<Symbol> result{Field::current().symbol_within("y", domain)};
    if (domain.closed_below) result.push_back(Symbol(domain.lower));
    if (domain.closed_above) result.push_back(Symbol(domain.upper));
    return result;
}

Matrix<Symbol> one_entry(const Symbol& x) {
    return Matrix<Symbol>::Constant(1, 1, x);
}

}  // namespace

Claim prove_loss_derivative(const LossFormulas<Symbol>& loss, const LossFacts& facts, const Prover& prover) {
    Claim claim(prover);
    Field field;
    if (!loss.is_elementwise()) {
        const Matrix<Symbol> column = symbols("a", classes, 1, facts.prediction_domain);
        const Matrix<Symbol> labels = symbols("y", classes, 1, facts.label_domain);
        for_each_branch([&] {
            claim.equal("dL/da", loss.loss_derivative(column, labels),
                        derivatives(loss.example_losses(column, labels)(0, 0), column));
        });
        return claim;
    }
    const Symbol a = field.symbol_within("a", facts.prediction_domain);
    for (const Symbol& y : label_cases(facts.label_domain))
        for_each_branch([&] {
            claim.equal("dL/da at y = " + y.str(), loss.derivative(a, y), field.derivative(loss.value(a, y), a));
        });
    return claim;
}

Claim prove_value_from_pre_activation(const LossFormulas<Symbol>& loss, const LossFacts& facts, const Prover& prover) {
    const auto g = facts.canonical.front().on<Symbol>();
    Claim claim(prover);
    Field field;
    const auto check = [&](const Matrix<Symbol>& z, const Matrix<Symbol>& y, const std::string& labels) {
        for_each_branch([&] {
            const Matrix<Symbol> a = g.activate(z);
            Symbol sum(0);
            for (Eigen::Index k = 0; k < a.rows(); ++k) sum = sum + loss.value(a(k, 0), y(k, 0));
            claim.equal("L at " + labels, loss.losses_from_pre_activation(z, y)(0, 0), sum);
        });
    };
    if (g.is_elementwise()) {
        const Symbol z = field.symbol("z");
        for (const Symbol& y : label_cases(facts.label_domain)) check(one_entry(z), one_entry(y), "y = " + y.str());
    } else {
        const Matrix<Symbol> z = symbols("z", classes, 1);
        Matrix<Symbol> y = symbols("y", classes, 1, facts.label_domain);
        check(z, y, "labels inside");
        for (Eigen::Index k = 0; k < classes; ++k) y(k, 0) = Symbol(k == 1 ? 1 : 0);
        check(z, y, "a one-hot label");
    }
    return claim;
}

}  // namespace gradproof::proof
