// SPDX-License-Identifier: MIT
#include "tests/proofs/pairing_claims.hpp"

#include <functional>

#include "gradproof/pairing.hpp"

namespace gradproof::proof {
namespace {

// One column of pre-activations and labels of an output layer; labels that sum to 1 have their last one eliminated.
struct OutputColumn {
    Matrix<Symbol> Z;
    Matrix<Symbol> Y;

    OutputColumn(Eigen::Index n, const LossFacts& loss)
        : Z(symbols("z", n, 1)), Y(symbols("y", n, 1, loss.label_domain)) {
        if (loss.labels == Labels::distribution) {
            Y(n - 1, 0) = Symbol(1);
            for (Eigen::Index k = 0; k + 1 < n; ++k) Y(n - 1, 0) -= Y(k, 0);
        }
    }
};

// A candidate for dZ, from the column and A.
using Candidate = std::function<Matrix<Symbol>(const OutputColumn& column, const Matrix<Symbol>& A)>;

Claim is_derivative_of_loss(const AnyActivation& g, const AnyLoss& loss, const Prover& prover,
                            const Candidate& candidate) {
    Claim claim(prover);
    Field field;
    const OutputColumn column(is_elementwise(g) && is_elementwise(loss) ? 2 : 3, loss.facts());
    for_each_branch([&] {
        const Matrix<Symbol> A = activate(g, column.Z);
        const Symbol sum = example_losses(g, loss, column.Z, A, column.Y).sum();
        claim.equal("dZ", candidate(column, A), derivatives(sum, column.Z));
    });
    return claim;
}

}  // namespace

Claim prove_dZ(const AnyActivation& g, const AnyLoss& loss, const Prover& prover) {
    return is_derivative_of_loss(g, loss, prover, [&](const OutputColumn& column, const Matrix<Symbol>& A) {
        return dZ_through_dA(g, loss, column.Z, A, column.Y);
    });
}

Claim prove_a_minus_y(const AnyActivation& g, const AnyLoss& loss, const Prover& prover) {
    return is_derivative_of_loss(g, loss, prover, [](const OutputColumn& column, const Matrix<Symbol>& A) {
        return dZ_as_a_minus_y(A, column.Y);
    });
}

}  // namespace gradproof::proof
