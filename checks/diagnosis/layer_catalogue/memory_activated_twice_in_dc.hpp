// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake memory_activated_twice_in_dc() {
    return {.slug = "memory-activated-twice-in-dc",
            .layers = {case_id<LstmCell>(), case_id<Lstm>()},
            .explanation =
                "The derivative of tanh at the memory is computed from tanh(tanh(c)). With tanh(c) at hand it is 1 "
                "minus its square; with c it is 1 - tanh(c) ** 2.",
            .line = "dc = dc_next + da_next * o * (1 - np.tanh(np.tanh(c_next)) ** 2)",
            .hidden_when = "the memory is so small that tanh does not change it",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, lstm_cell_back({.memory_slope = [](double c) {
                                     return 1 - std::tanh(std::tanh(c)) * std::tanh(std::tanh(c));
                                 }}));
            }};
}

}  // namespace gradproof::diagnosis
