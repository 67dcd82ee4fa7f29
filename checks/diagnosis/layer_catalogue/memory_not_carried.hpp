// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake memory_not_carried() {
    return {.slug = "memory-not-carried",
            .layers = {case_id<Lstm>()},
            .explanation =
                "The derivative in the memory is not carried from each step to the one before. The memory of a step "
                "goes into the next step by way of its forget gate, and dc_prev of that step is this step's dc_next.",
            .line = "gradients = lstm_cell_backward(da[:, :, t] + da_prevt, np.zeros_like(dc_prevt), caches[t])",
            .hidden_when = "there is one step",
            .derivatives = [](const checks::LayerPoint& point) {
                return back_through_time(point, {.is_memory_carried = false});
            }};
}

}  // namespace gradproof::diagnosis
