// SPDX-License-Identifier: MIT
//
// What is proved of one pairing of output activation and loss, by running lib's own formulas on symbols.
#pragma once

#include "gradproof/pairing.hpp"
#include "tests/proofs/claims.hpp"

namespace gradproof::proof {

/// One column of pre-activations and labels of an output layer; labels that sum to 1 have their last one eliminated.
template <class L>
struct OutputColumn {
    Matrix<Symbol> Z;
    Matrix<Symbol> Y;

    explicit OutputColumn(Eigen::Index n) : Z(symbols("z", n, 1)), Y(symbols("y", n, 1, L::label_domain)) {
        if (L::labels == Labels::distribution) {
            Y(n - 1, 0) = Symbol(1);
            for (Eigen::Index k = 0; k + 1 < n; ++k) Y(n - 1, 0) -= Y(k, 0);
        }
    }
};

/// That a candidate for dZ is the derivative of the loss with respect to Z, at two or three units.
template <class G, class L, class Candidate>
Claim is_derivative_of_loss(const G& g, const L& loss, const Prover& prover, Candidate candidate) {
    Claim claim(prover);
    Field field;
    const OutputColumn<L> column(VectorActivation<G, Symbol> ? 3 : 2);
    for_each_branch([&] {
        const Matrix<Symbol> A = activate(g, column.Z);
        const Symbol sum = example_losses(g, loss, column.Z, A, column.Y).sum();
        claim.equal("dZ", candidate(g, loss, column.Z, A, column.Y), derivatives(sum, column.Z));
    });
    return claim;
}

/// The general chain through dA.
template <class G, class L>
Claim prove_dZ(const G& g, const L& loss, const Prover& prover) {
    return is_derivative_of_loss(g, loss, prover,
                                 [](const G& h, const L& l, const auto& Z, const auto& A, const auto& Y) {
                                     return dZ_through_dA(h, l, Z, A, Y);
                                 });
}

/// A - Y: to be proved for a canonical pairing, to be refuted for every other.
template <class G, class L>
Claim prove_a_minus_y(const G& g, const L& loss, const Prover& prover) {
    return is_derivative_of_loss(g, loss, prover, [](const G&, const L&, const auto&, const auto& A, const auto& Y) {
        return dZ_as_a_minus_y(A, Y);
    });
}

}  // namespace gradproof::proof
