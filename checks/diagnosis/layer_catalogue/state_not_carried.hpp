// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/rnn.hpp"

namespace gradproof::diagnosis {

inline LayerMistake state_not_carried() {
    return {.slug = "state-not-carried",
            .layers = {case_id<Rnn>(), case_id<Lstm>(), case_id<Gru>()},
            .explanation =
                "Each step gets its own upstream derivative alone. Its state goes into the next step as well, and "
                "what that step hands back is added.",
            .line = "gradients = rnn_cell_backward(da[:, :, t], caches[t])  # da[:, :, t] + da_prevt",
            .hidden_when = "there is one step",
            .derivatives = [](const checks::LayerPoint& point) {
                return back_through_time(point, {.is_state_carried = false});
            }};
}

}  // namespace gradproof::diagnosis
