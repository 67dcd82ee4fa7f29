// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake pre_activation_for_value() {
    return {.slug = "pre-activation-for-value",
            .layers = {case_id<RnnCell>(), case_id<Rnn>()},
            .explanation =
                "The derivative of tanh is computed as 1 - z ** 2 with the pre-activation z. That formula wants the "
                "value: 1 - a ** 2 with a = tanh(z).",
            .line = "dtanh = (1 - z ** 2) * da_next",
            .hidden_when = "the pre-activations are so small that tanh does not change them",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, rnn_cell_back([](double z, double) { return 1 - z * z; }));
            }};
}

}  // namespace gradproof::diagnosis
