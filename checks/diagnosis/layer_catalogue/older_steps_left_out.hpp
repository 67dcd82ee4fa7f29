// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/rnn.hpp"

namespace gradproof::diagnosis {

inline LayerMistake older_steps_left_out() {
    return {.slug = "older-steps-left-out",
            .layers = {case_id<Rnn>(), case_id<Lstm>(), case_id<Gru>()},
            .explanation =
                "The derivative of each step in the weights is taken with the state before it held fixed, and nothing "
                "of the later steps reaches it. That state was made with the same weights: all that comes back "
                "through later steps belongs to da when dW is computed.",
            .line = "dWaa += ((1 - a_next ** 2) * da[:, :, t]) @ a_prev.T",
            .hidden_when = "there is one step",
            .derivatives = [](const checks::LayerPoint& point) {
                const Arrays<double> cut =
                    back_through_time(point, {.is_state_carried = false, .is_memory_carried = false});
                Arrays<double> derivatives = point.pulled_back();
                std::copy(cut.begin() + 2, cut.end(), derivatives.begin() + 2);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
