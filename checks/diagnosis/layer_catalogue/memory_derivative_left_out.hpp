// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake memory_derivative_left_out() {
    return {.slug = "memory-derivative-left-out",
            .layers = {case_id<LstmCell>()},
            .explanation =
                "The upstream derivative in the memory is left out. c_next goes to the next step directly as well as "
                "through a_next, and both derivatives are added.",
            .line = "dc = da_next * o * (1 - np.tanh(c_next) ** 2)  # + dc_next",
            .hidden_when = "dc_next is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, lstm_cell_back({.has_dc_next = false}));
            }};
}

}  // namespace gradproof::diagnosis
