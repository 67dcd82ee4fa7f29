// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake wrong_slice_of_weights() {
    return {.slug = "wrong-slice-of-weights",
            .layers = {case_id<LstmCell>(), case_id<Lstm>()},
            .explanation =
                "The columns of the weights are taken in the order [xt; a_prev]. They were multiplied by [a_prev; "
                "xt]: the first n_a columns belong to the state, the others to the input.",
            .line = "dxt = Wf[:, :n_x].T @ dft + ...  # Wf[:, n_a:]",
            .hidden_when = "the columns of each W are the same",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, lstm_cell_back({.is_input_first = true}));
            }};
}

}  // namespace gradproof::diagnosis
