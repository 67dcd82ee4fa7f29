// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake tanh_derivative_at_its_value() {
    return {.slug = "tanh-derivative-at-its-value",
            .layers = {case_id<RnnCell>(), case_id<Rnn>(), case_id<LstmCell>(), case_id<Lstm>(), case_id<GruCell>(),
                       case_id<Gru>()},
            .explanation =
                "The derivative of tanh is taken at its own value. The formula 1 - tanh(z) ** 2 wants the pre- "
                "activation; with the value a it is 1 - a ** 2.",
            .line = "dtanh = (1 - np.tanh(a_next) ** 2) * da_next",
            .hidden_when = "the values are so small that tanh does not change them",
            .derivatives = [](const checks::LayerPoint& point) {
                const auto slope = [](double value) { return 1 - std::tanh(value) * std::tanh(value); };
                if (is_lstm(point.layer)) return with_cell(point, lstm_cell_back({.candidate_slope = slope}));
                if (is_gru(point.layer)) return with_cell(point, gru_cell_back({.candidate_slope = slope}));
                return with_cell(point, rnn_cell_back([](double z, double) {
                                     return 1 - std::tanh(std::tanh(z)) * std::tanh(std::tanh(z));
                                 }));
            }};
}

}  // namespace gradproof::diagnosis
