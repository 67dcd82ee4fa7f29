// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/rnn.hpp"

namespace gradproof::diagnosis {

inline LayerMistake upstream_of_last_step_only() {
    return {.slug = "upstream-of-last-step-only",
            .layers = {case_id<Rnn>(), case_id<Lstm>(), case_id<Gru>()},
            .explanation =
                "The loop begins with the upstream derivative of the last step and adds those of the other steps "
                "nowhere. The output holds the states of all steps, and each brings its own derivative.",
            .line = "da_prevt = da[:, :, -1]",
            .hidden_when = "only the last step has an upstream derivative, or there is one step",
            .derivatives = [](const checks::LayerPoint& point) {
                return back_through_time(point, {.upstream = Upstream::of_last_step});
            }};
}

}  // namespace gradproof::diagnosis
