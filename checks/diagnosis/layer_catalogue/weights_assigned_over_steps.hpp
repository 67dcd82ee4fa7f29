// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/rnn.hpp"

namespace gradproof::diagnosis {

inline LayerMistake weights_assigned_over_steps() {
    return {.slug = "weights-assigned-over-steps",
            .layers = {case_id<Rnn>(), case_id<Lstm>(), case_id<Gru>()},
            .explanation =
                "The derivatives in the weights are assigned at each step where they are to be added. All steps use "
                "the same weights, so their derivatives are sums over the steps; only what the loop comes to last is "
                "left, the first step.",
            .line = "dWaa = gradients['dWaa']  # +=",
            .hidden_when = "there is one step",
            .derivatives = [](const checks::LayerPoint& point) {
                return back_through_time(point, {.are_weights_summed = false});
            }};
}

}  // namespace gradproof::diagnosis
