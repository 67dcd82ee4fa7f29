// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake example_weights_applied_twice() {
    return {
        .slug = "example-weights-applied-twice",
        .explanation =
            "The weights of the examples are multiplied in twice, in dA and again in dZ or dW for example. One of "
            "the two is enough: everything behind dA of the output layer has them from there.",
        .note = "derivations/layouts_and_costs.md (weights)",
        .variants = {
            {{Step::dA_output, Step::dZ_output, Step::dW, Step::db}, "", [](Step step, const Situation& s) -> Attempts {
                 if (s.network.example_weights.size() == 0) return {};
                 const bool is_of_examples = step == Step::dA_output || step == Step::dZ_output;
                 if (is_of_examples) {
                     const bool is_shortcut = step == Step::dZ_output && s.is_canonical();
                     return {{.value = weighted(s.network, right_value(step, s)),
                              .line = is_shortcut ? "dZ{l} = {w}**2 * (A{l} - Y){own w}" : ""}};
                 }
                 const Tensor dZ = weighted(s.network, s.dZ());
                 if (step == Step::db)
                     return {{.value = bias_gradient(dZ),
                              .line = "db{l} = np.sum({w} * dZ{l}, axis=1, keepdims=True){/m}"}};
                 return {{.value = weight_gradient<double>(dZ, s.A_prev(), s.W(), s.network.lambda),
                          .line = "dW{l} = ({w} * dZ{l}) @ A{p}.T{/m}{+L2}"}};
             }}}};
}

}  // namespace gradproof::diagnosis
