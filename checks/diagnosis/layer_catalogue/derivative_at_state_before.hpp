// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake derivative_at_state_before() {
    return {.slug = "derivative-at-state-before",
            .layers = {case_id<RnnCell>(), case_id<Rnn>()},
            .explanation =
                "The derivative of tanh is computed from the state before this step. It belongs to the state that the "
                "tanh of this step gave: 1 - a_next ** 2.",
            .line = "dtanh = (1 - a_prev ** 2) * da_next",
            .hidden_when = "both states are the same but for the sign",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, rnn_cell_back([](double, double a_prev) { return 1 - a_prev * a_prev; }));
            }};
}

}  // namespace gradproof::diagnosis
