// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake memory_activated_twice_in_do() {
    return {.slug = "memory-activated-twice-in-do",
            .layers = {case_id<LstmCell>(), case_id<Lstm>()},
            .explanation =
                "The derivative in the output gate is multiplied by tanh(tanh(c)). The gate was multiplied by tanh(c) "
                "on the way up, and so is its derivative.",
            .line = "dot = da_next * np.tanh(np.tanh(c_next)) * ot * (1 - ot)",
            .hidden_when = "the memory is so small that tanh does not change it",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point,
                                 lstm_cell_back({.memory_value = [](double c) { return std::tanh(std::tanh(c)); }}));
            }};
}

}  // namespace gradproof::diagnosis
