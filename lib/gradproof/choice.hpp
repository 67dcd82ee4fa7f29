// SPDX-License-Identifier: MIT
//
// Activations and losses chosen at run time, and what can be asked of a choice without knowing its type. Questions
// about a pair are asked of each side in turn: one that knew both types would be compiled once for every pair.
#pragma once

#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "gradproof/activation.hpp"
#include "gradproof/activation_list.hpp"
#include "gradproof/loss.hpp"
#include "gradproof/loss_list.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

/// Every activation, in the order of the folder's list.
inline std::vector<AnyActivation> all_activations() {
    return std::apply([](const auto&... g) { return std::vector<AnyActivation>{g...}; }, Activations{});
}

/// Every loss, in the order of the folder's list.
inline std::vector<AnyLoss> all_losses() {
    return std::apply([](const auto&... loss) { return std::vector<AnyLoss>{loss...}; }, Losses{});
}

inline std::string_view name_of(const AnyActivation& activation) {
    return std::visit([](const auto& g) { return g.name; }, activation);
}
inline std::string_view name_of(const AnyLoss& loss) {
    return std::visit([](const auto& l) { return l.name; }, loss);
}

/// Whether g acts on every entry by itself; softmax acts on columns.
inline bool is_elementwise(const AnyActivation& activation) {
    return std::visit([]<class G>(const G&) { return ElementwiseActivation<G>; }, activation);
}

/// Whether the formulas run on this scalar: those that compare numbers do not run on complex ones.
template <Scalar S>
bool supports_scalar(const AnyActivation& activation) {
    return std::visit([]<class G>(const G&) { return Activation<G, S>; }, activation);
}
template <Scalar S>
bool supports_scalar(const AnyLoss& loss) {
    return std::visit([]<class L>(const L&) { return Loss<L, S>; }, loss);
}

/// Whether dZ[L] = A[L] - Y holds for this output activation and loss. derivations/canonical_pairings.md
inline bool is_canonical_pair(const AnyActivation& activation, const AnyLoss& loss) {
    return std::visit(
        [&activation]<class L>(const L&) {
            if constexpr (HasCanonicalActivation<L>) {
                return std::holds_alternative<typename L::Canonical>(activation);
            } else {
                return false;
            }
        },
        loss);
}

/// Whether every value of the activation is a prediction that the loss accepts.
inline bool are_compatible(const AnyActivation& activation, const AnyLoss& loss) {
    const Interval range = std::visit([](const auto& g) { return Interval(g.range); }, activation);
    const Interval domain = std::visit([](const auto& l) { return Interval(l.prediction_domain); }, loss);
    return range.is_within(domain);
}

}  // namespace gradproof
