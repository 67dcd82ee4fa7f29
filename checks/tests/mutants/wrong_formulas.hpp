// SPDX-License-Identifier: MIT
//
// Activations and losses that are wrong on purpose, in any scalar: every checker must refute them, by numbers and by
// symbols.
#pragma once

#include "gradproof/activations/exponential.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/log_softmax.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softmin.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/activations/tempered_softmax.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/cosine.hpp"
#include "gradproof/losses/cross_entropy_with_logits.hpp"
#include "gradproof/losses/dice.hpp"
#include "gradproof/losses/label_smoothed_cross_entropy.hpp"

namespace gradproof::mutants {

/// A formula of lib with another derivative.
template <class Formula, class Derivative>
struct WithDerivative : Formula {
    using Right = Formula;

    template <Scalar S, class... Label>
    S derivative(const S& x, const Label&... label) const {
        return Derivative{}(Formula{}, x, label...);
    }
};

/// A wrong sign in the branch that is seldom taken.
struct SigmoidWrongOnTheLeft : Sigmoid {
    using Right = Sigmoid;

    template <Scalar S>
    S value(const S& z) const {
        if (real_part(z) < real_part(S(0))) return exp(z) / (S(1) - exp(z));
        return S(1) / (S(1) + exp(S(-z)));
    }
};

/// Only the diagonal of the Jacobian.
struct SoftmaxDiagonal : Softmax {
    using Right = Softmax;

    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return value(z).unaryExpr([](const S& p) -> S { return p * (S(1) - p); }).cwiseProduct(upstream);
    }
};

/// The Jacobian of softmax, as if the logarithm had no slope.
struct LogSoftmaxWithTheJacobianOfSoftmax : LogSoftmax {
    using Right = LogSoftmax;

    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return Softmax{}.pull_back(z, upstream);
    }
};

/// The temperature forgotten on the way back.
struct TemperedSoftmaxWithoutTheTemperature : TemperedSoftmax {
    using Right = TemperedSoftmax;

    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return TemperedSoftmax::pull_back(z, upstream) * as_written<S>(temperature);
    }
};

/// The sign forgotten on the way back.
struct SoftminWithTheSignOfSoftmax : Softmin {
    using Right = Softmin;

    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return -Softmin::pull_back(z, upstream);
    }
};

/// A loss of a whole column of lib with another gradient.
template <class Formula, class Gradient>
struct WithGradient : Formula {
    using Right = Formula;

    template <Scalar S>
    Vector<S> gradient(const Vector<S>& a, const Vector<S>& y) const {
        return Gradient{}(Formula{}, a, y);
    }
};

/// Twice the loss, value and derivative alike: only the form from the pre-activation tells.
struct TwiceBinaryCrossEntropy : BinaryCrossEntropy {
    using Right = BinaryCrossEntropy;

    template <Scalar S>
    S value(const S& a, const S& y) const {
        return S(2) * BinaryCrossEntropy::value(a, y);
    }
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return S(2) * BinaryCrossEntropy::derivative(a, y);
    }
};

/// Calls body(name, formula) for each of them. `formula.Right` is the formula without the mistake.
template <class Body>
void for_each_wrong_formula(const Body& body) {
    const auto slope = [&body]<class G, class D>(const char* name, const G&, const D&) {
        body(name, WithDerivative<G, D>{});
    };
    slope("sigmoid_as_its_own_derivative", Sigmoid{}, []<class S>(auto g, const S& z) -> S { return g.value(z); });
    slope("sigmoid_slope_from_z_taken_for_a", Sigmoid{},
          []<class S>(auto g, const S& z) -> S { return g.derivative_from_value(z); });
    slope("sigmoid_slope_with_a_plus", Sigmoid{},
          []<class S>(auto g, const S& z) -> S { return g.value(z) * (S(1) + g.value(z)); });
    slope("sigmoid_slope_off_by_1e_minus_6", Sigmoid{},
          []<class S>(auto g, const S& z) -> S { return g.derivative(z) * S(1 + 1e-6); });
    slope("tanh_slope_from_z_taken_for_a", Tanh{},
          []<class S>(auto g, const S& z) -> S { return g.derivative_from_value(z); });
    slope("tanh_as_its_own_derivative", Tanh{}, []<class S>(auto g, const S& z) -> S { return g.value(z); });
    slope("tanh_slope_without_the_square", Tanh{}, []<class S>(auto g, const S& z) -> S { return S(1) - g.value(z); });
    slope("tanh_slope_at_the_value", Tanh{}, []<class S>(auto g, const S& z) -> S { return g.derivative(g.value(z)); });
    slope("relu_slope_on_the_wrong_side", Relu{}, []<class S>(auto g, const S& z) -> S { return g.derivative(S(-z)); });
    slope("relu_slope_forgotten", Relu{}, []<class S>(auto, const S&) -> S { return S(1); });
    slope("relu_as_its_own_derivative", Relu{}, []<class S>(auto g, const S& z) -> S { return g.value(z); });
    slope("leaky_relu_without_the_leak", LeakyRelu{},
          []<class S>(auto, const S& z) -> S { return Relu{}.derivative(z); });
    slope("softplus_slope_of_minus_z", Softplus{},
          []<class S>(auto g, const S& z) -> S { return g.derivative(S(-z)); });
    slope("exponential_slope_of_the_power_rule", Exponential{},
          []<class S>(auto, const S& z) -> S { return z * exp(S(z - S(1))); });
    slope("identity_slope_as_z", Identity{}, []<class S>(auto, const S& z) -> S { return z; });
    slope("loss_with_wrong_sign", BinaryCrossEntropy{},
          []<class S>(auto, const S& a, const S& y) -> S { return -(y / a + (S(1) - y) / (S(1) - a)); });
    body("sigmoid_wrong_on_the_left", SigmoidWrongOnTheLeft{});
    body("softmax_diagonal", SoftmaxDiagonal{});
    body("log_softmax_with_the_jacobian_of_softmax", LogSoftmaxWithTheJacobianOfSoftmax{});
    body("tempered_softmax_without_the_temperature", TemperedSoftmaxWithoutTheTemperature{});
    body("softmin_with_the_sign_of_softmax", SoftminWithTheSignOfSoftmax{});
    const auto gradient = [&body]<class L, class G>(const char* name, const L&, const G&) {
        body(name, WithGradient<L, G>{});
    };
    gradient("cosine_with_lengths_as_constants", Cosine{},
             []<class S>(auto, const Vector<S>& a, const Vector<S>& y) -> Vector<S> {
                 return -y / S(sqrt(S(a.cwiseProduct(a).sum() * y.cwiseProduct(y).sum())));
             });
    gradient("dice_with_the_size_as_constant", Dice{},
             []<class S>(auto, const Vector<S>& a, const Vector<S>& y) -> Vector<S> {
                 return y * S(S(-2) / (a.sum() + y.sum() + S(1)));
             });
    gradient("cross_entropy_of_labels_that_are_not_smoothed", LabelSmoothedCrossEntropy{},
             []<class S>(auto, const Vector<S>& a, const Vector<S>& y) -> Vector<S> { return -y.cwiseQuotient(a); });
    gradient("cross_entropy_of_logits_taken_for_probabilities", CrossEntropyWithLogits{},
             []<class S>(auto, const Vector<S>& a, const Vector<S>& y) -> Vector<S> { return a - y; });
    body("twice_the_loss", TwiceBinaryCrossEntropy{});
}

}  // namespace gradproof::mutants
