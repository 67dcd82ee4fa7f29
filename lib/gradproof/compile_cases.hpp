// SPDX-License-Identifier: MIT
//
// The tables through which activations and losses chosen at run time reach their formulas. One file for each case, made
// by gradproof_compile_cases() in CMake, includes this and the case's header, and nothing else needs to.
#pragma once

#include "gradproof/any_activation.hpp"
#include "gradproof/any_loss.hpp"
#include "gradproof/pairing.hpp"

namespace gradproof {

template <Scalar S, class G>
const ActivationTable<S>* activation_table() {
    if constexpr (!Activation<G, S>) {
        return nullptr;
    } else {
        static constexpr ActivationTable<S> table = [] {
            ActivationTable<S> functions{};
            if constexpr (ElementwiseActivation<G, S>) {
                functions.value = [](const void* g, const S& z) -> S { return static_cast<const G*>(g)->value(z); };
                functions.derivative = [](const void* g, const S& z) -> S {
                    return static_cast<const G*>(g)->derivative(z);
                };
            }
            if constexpr (HasDerivativeFromValue<G, S>)
                functions.derivative_from_value = [](const void* g, const S& a) -> S {
                    return static_cast<const G*>(g)->derivative_from_value(a);
                };
            if constexpr (HasSecondDerivative<G, S>)
                functions.second_derivative = [](const void* g, const S& z) -> S {
                    return static_cast<const G*>(g)->second_derivative(z);
                };
            functions.activate = [](const void* g, const Matrix<S>& Z) {
                return activate(*static_cast<const G*>(g), Z);
            };
            functions.pull_back = [](const void* g, const Matrix<S>& Z, const Matrix<S>& dA) {
                return pull_back(*static_cast<const G*>(g), Z, dA);
            };
            return functions;
        }();
        return &table;
    }
}

template <Scalar S, class L>
const LossTable<S>* loss_table() {
    if constexpr (!Loss<L, S>) {
        return nullptr;
    } else {
        static constexpr LossTable<S> table = [] {
            LossTable<S> functions{};
            if constexpr (ElementwiseLoss<L, S>) {
                functions.value = [](const void* loss, const S& a, const S& y) -> S {
                    return static_cast<const L*>(loss)->value(a, y);
                };
                functions.derivative = [](const void* loss, const S& a, const S& y) -> S {
                    return static_cast<const L*>(loss)->derivative(a, y);
                };
            }
            functions.example_losses = [](const void* loss, const Matrix<S>& A, const Matrix<S>& Y) {
                return example_losses(*static_cast<const L*>(loss), A, Y);
            };
            functions.loss_derivative = [](const void* loss, const Matrix<S>& A, const Matrix<S>& Y) {
                return loss_derivative(*static_cast<const L*>(loss), A, Y);
            };
            if constexpr (HasValueFromPreActivation<L>)
                if constexpr (Activation<typename L::Canonical, S>)
                    functions.losses_from_pre_activation = [](const void* loss, const Matrix<S>& Z,
                                                              const Matrix<S>& Y) {
                        return losses_from_pre_activation(*static_cast<const L*>(loss), Z, Y);
                    };
            return functions;
        }();
        return &table;
    }
}

/// The formulas on S of an activation or a loss that need not be in a folder of this library.
template <Scalar S, Activation<S> G>
ActivationFormulas<S> formulas_on(const G& g) {
    return {std::make_shared<G>(g), *activation_table<S, G>()};
}
template <Scalar S, Loss<S> L>
LossFormulas<S> formulas_on(const L& loss) {
    return {std::make_shared<L>(loss), *loss_table<S, L>()};
}

/// A case with its default parameters.
template <class G>
AnyActivation default_activation() {
    return G{};
}
template <class L>
AnyLoss default_loss() {
    return L{};
}

}  // namespace gradproof
