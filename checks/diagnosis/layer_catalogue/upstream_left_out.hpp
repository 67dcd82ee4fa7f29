// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/rnn.hpp"

namespace gradproof::diagnosis {

inline LayerMistake upstream_left_out() {
    return {.slug = "upstream-left-out",
            .layers = {case_id<Rnn>(), case_id<Lstm>(), case_id<Gru>()},
            .explanation =
                "Each step gets what the step after it hands back, and not its own upstream derivative. The state of "
                "a step goes to the next step and to the output as well, and the two derivatives are added.",
            .line = "gradients = rnn_cell_backward(da_prevt, caches[t])  # da[:, :, t] + da_prevt",
            .hidden_when = "every upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return back_through_time(point, {.upstream = Upstream::of_none});
            }};
}

}  // namespace gradproof::diagnosis
