// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake example_weights_left_out() {
    return {.slug = "example-weights-left-out",
            .explanation =
                "The cost weighs its examples, the gradient does not. The weight of an example stands in front of its "
                "loss, so it stands in front of dA and dZ of the output layer too.",
            .note = "derivations/layouts_and_costs.md (weights)",
            .variants = {{{Step::dA_output, Step::dZ_output}, "", [](Step step, const Situation& s) -> Attempts {
                              if (s.network.example_weights.size() == 0) return {};
                              const Network<double> plain = without_example_weights(s.network);
                              Gradients<double> before = s.before;
                              const Situation without{plain, s.cache, s.Y, before, s.l};
                              if (step == Step::dZ_output) before.dA[s.l] = right_value(Step::dA_output, without);
                              const bool is_shortcut = step == Step::dZ_output && s.is_canonical();
                              return {{.value = right_value(step, without),
                                       .line = is_shortcut ? "dZ{l} = A{l} - Y{own w}" : ""}};
                          }}}};
}

}  // namespace gradproof::diagnosis
