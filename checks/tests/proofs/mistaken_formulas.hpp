// SPDX-License-Identifier: MIT
//
// Activations and losses that are wrong on purpose.
#pragma once

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace gradproof::proof::mistaken {

/// g for g'.
struct SigmoidAsItsOwnDerivative : Sigmoid {
    template <Scalar S>
    S derivative(const S& z) const {
        return value(z);
    }
};

/// g'(z) with a for z.
struct SigmoidDerivativeAtValue : Sigmoid {
    template <Scalar S>
    S derivative(const S& z) const {
        return derivative_from_value(z);
    }
};

/// A wrong sign in the branch that is seldom taken.
struct SigmoidWrongOnTheLeft : Sigmoid {
    template <Scalar S>
    S value(const S& z) const {
        if (real_part(z) < real_part(S(0))) return exp(z) / (S(1) - exp(z));
        return S(1) / (S(1) + exp(S(-z)));
    }
};

/// Only the diagonal of the Jacobian.
struct SoftmaxDiagonal : Softmax {
    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return value(z).unaryExpr([](const S& p) -> S { return p * (S(1) - p); }).cwiseProduct(upstream);
    }
};

/// Twice the loss, value and derivative alike: only the form from the pre-activation tells.
struct TwiceBinaryCrossEntropy : BinaryCrossEntropy {
    template <Scalar S>
    S value(const S& a, const S& y) const {
        return S(2) * BinaryCrossEntropy::value(a, y);
    }
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return S(2) * BinaryCrossEntropy::derivative(a, y);
    }
};

/// Plus for the inner minus.
struct BinaryCrossEntropyWrongSign : BinaryCrossEntropy {
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(y / a + (S(1) - y) / (S(1) - a));
    }
};

}  // namespace gradproof::proof::mistaken
