// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake direct_path_left_out() {
    return {.slug = "direct-path-left-out",
            .layers = {case_id<GruCell>(), case_id<Gru>()},
            .explanation =
                "dh_prev has what comes through the gates and the candidate, and not what goes past them. The new "
                "state is z times the state before plus the rest, so dh * z is added.",
            .line = "dh_prev = Wrh.T @ dr + Wzh.T @ dz + Wnh.T @ (dn * r)  # + dh * z",
            .hidden_when = "the update gate is closed, with z = 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, gru_cell_back({.has_direct_path = false}));
            }};
}

}  // namespace gradproof::diagnosis
