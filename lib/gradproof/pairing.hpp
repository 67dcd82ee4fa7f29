// SPDX-License-Identifier: MIT
//
// A pairing is an output activation g with a loss L. Its output formula is the derivative of the loss with respect to
// the last pre-activation, in two forms: the general chain, dA pulled back through g (elementwise: dA ⊙ g'(Z)), true
// for every pairing, and dZ = A - Y, true for the canonical ones. derivations/canonical_pairings.md
#pragma once

#include <concepts>
#include <type_traits>

#include "gradproof/activation.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

/// Whether every value of g is a prediction that L accepts; a pairing of which this is not so is left out everywhere.
template <class G, class L>
inline constexpr bool compatible = G::range.is_within(L::prediction_domain);

template <class G, class L>
constexpr bool is_canonical_pairing() {
    if constexpr (HasCanonicalActivation<L>) {
        return std::same_as<G, typename L::Canonical>;
    } else {
        return false;
    }
}

/// Whether dZ = A - Y holds for this pairing. derivations/canonical_pairings.md
template <class G, class L>
inline constexpr bool is_canonical = is_canonical_pairing<G, L>();

/// The losses of the m examples (1 × m) from their predictions A. Precondition: A and Y are n × m.
template <Scalar S, Loss<S> L>
Matrix<S> example_losses(const L& loss, const Matrix<S>& A, const Matrix<S>& Y) {
    if constexpr (ElementwiseLoss<L, S>) {
        return entrywise([&loss](const S& a, const S& y) -> S { return loss.value(a, y); }, A, Y).colwise().sum();
    } else {
        Matrix<S> losses(1, A.cols());
        for (Eigen::Index i = 0; i < A.cols(); ++i) losses(0, i) = loss.value(Vector<S>(A.col(i)), Vector<S>(Y.col(i)));
        return losses;
    }
}

/// The losses of the m examples (1 × m) from the pre-activations of the canonical activation, in the form that keeps
/// its digits. Precondition: Z and Y are n × m.
template <Scalar S, HasValueFromPreActivation L>
Matrix<S> losses_from_pre_activation(const L& loss, const Matrix<S>& Z, const Matrix<S>& Y) {
    if constexpr (VectorActivation<typename L::Canonical, S>) {
        Matrix<S> losses(1, Z.cols());
        for (Eigen::Index i = 0; i < Z.cols(); ++i)
            losses(0, i) = loss.value_from_pre_activation(Vector<S>(Z.col(i)), Vector<S>(Y.col(i)));
        return losses;
    } else {
        return entrywise([&loss](const S& z, const S& y) -> S { return loss.value_from_pre_activation(z, y); }, Z, Y)
            .colwise()
            .sum();
    }
}

/// The losses of the m examples (1 × m) from the last layer. Canonical pairings take the stable form from Z, others the
/// loss of A. Precondition: Z, A = g(Z) and Y are n × m.
template <Scalar S, Activation<S> G, Loss<S> L>
Matrix<S> example_losses(const G&, const L& loss, const Matrix<S>& Z, const Matrix<S>& A, const Matrix<S>& Y) {
    if constexpr (is_canonical<G, L> && HasValueFromPreActivation<L>) {
        return losses_from_pre_activation(loss, Z, Y);
    } else {
        return example_losses(loss, A, Y);
    }
}

/// dA of the output layer (n × m), the derivative of each example's loss with respect to its prediction, without 1/m.
/// derivations/network.md (dA output)
template <Scalar S, Loss<S> L>
Matrix<S> loss_derivative(const L& loss, const Matrix<S>& A, const Matrix<S>& Y) {
    if constexpr (ElementwiseLoss<L, S>) {
        return entrywise([&loss](const S& a, const S& y) -> S { return loss.derivative(a, y); }, A, Y);
    } else {
        Matrix<S> dA(A.rows(), A.cols());
        for (Eigen::Index i = 0; i < A.cols(); ++i) dA.col(i) = loss.gradient(Vector<S>(A.col(i)), Vector<S>(Y.col(i)));
        return dA;
    }
}

/// dZ of the output layer (n × m) by the general chain, through dA: true for every pairing, 0 · inf where a saturates.
/// derivations/output_layer.md (dZ)
template <Scalar S, Activation<S> G, Loss<S> L>
Matrix<S> dZ_through_dA(const G& g, const L& loss, const Matrix<S>& Z, const Matrix<S>& A, const Matrix<S>& Y) {
    return pull_back(g, Z, loss_derivative(loss, A, Y));
}

/// dZ of the output layer (n × m) as A - Y: true for the canonical pairings, and only for them.
/// derivations/output_layer.md (a minus y)
template <Scalar S>
Matrix<S> dZ_as_a_minus_y(const Matrix<S>& A, const Matrix<S>& Y) {
    return A - Y;
}

}  // namespace gradproof
