// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake sigmoid_of_forget_gate() {
    return {.slug = "sigmoid-of-forget-gate",
            .layers = {case_id<LstmCell>(), case_id<Lstm>()},
            .explanation =
                "The derivative in the forget gate is multiplied by the sigmoid of the gate. The derivative of the "
                "sigmoid is asked for, and with the value f it is f * (1 - f).",
            .line = "dft = dc * c_prev * sigmoid(ft)  # ft * (1 - ft)",
            .hidden_when = "the memory before is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point,
                                 lstm_cell_back({.forget_slope = [](double f) { return 1 / (1 + std::exp(-f)); }}));
            }};
}

}  // namespace gradproof::diagnosis
