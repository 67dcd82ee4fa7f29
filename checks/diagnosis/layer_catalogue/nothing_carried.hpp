// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/lstm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake nothing_carried() {
    return {.slug = "nothing-carried",
            .layers = {case_id<Lstm>()},
            .explanation =
                "Neither the derivative in the state nor that in the memory is carried: da_prevt and dc_prevt keep "
                "the zeros they began with. Each step hands both back, and they are the step before's to add.",
            .line = "# missing in the loop: da_prevt = gradients['da_prev']; dc_prevt = gradients['dc_prev']",
            .hidden_when = "there is one step",
            .derivatives = [](const checks::LayerPoint& point) {
                return back_through_time(point, {.is_state_carried = false, .is_memory_carried = false});
            }};
}

}  // namespace gradproof::diagnosis
