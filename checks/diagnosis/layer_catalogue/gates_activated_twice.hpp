// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake gates_activated_twice() {
    return {.slug = "gates-activated-twice",
            .layers = {case_id<LstmCell>(), case_id<Lstm>(), case_id<GruCell>(), case_id<Gru>()},
            .explanation =
                "The derivative of the sigmoid is taken at the gates' values. The formula sigmoid(z) * (1 - "
                "sigmoid(z)) wants the pre-activation; with the value of the gate it is gate * (1 - gate).",
            .line = "dft = dc * c_prev * sigmoid(ft) * (1 - sigmoid(ft))",
            .hidden_when = "the upstream derivatives are 0",
            .derivatives = [](const checks::LayerPoint& point) {
                const LstmBack::Function slope = [](double gate) {
                    return 1 / (1 + std::exp(-gate)) / (1 + std::exp(gate));
                };
                if (is_gru(point.layer)) return with_cell(point, gru_cell_back({.gate_slope = slope}));
                return with_cell(point, lstm_cell_back({.forget_slope = slope, .gate_slope = slope}));
            }};
}

}  // namespace gradproof::diagnosis
