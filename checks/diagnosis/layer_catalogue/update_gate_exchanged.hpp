// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake update_gate_exchanged() {
    return {.slug = "update-gate-exchanged",
            .layers = {case_id<GruCell>(), case_id<Gru>()},
            .explanation =
                "The update gate z and 1 - z stand in each other's place. Here z is the share of the state before and "
                "1 - z that of the candidate; there are books in which it is the other way round.",
            .line = "dn = dh * z  # dh * (1 - z)",
            .hidden_when = "the upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, gru_cell_back({.is_state_kept_by_update = false}));
            }};
}

}  // namespace gradproof::diagnosis
