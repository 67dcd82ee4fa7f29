// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake bias_outside_reset_gate() {
    return {.slug = "bias-outside-reset-gate",
            .layers = {case_id<GruCell>(), case_id<Gru>()},
            .explanation =
                "The reset gate is taken as a factor of Wnh h_prev alone, with the bias bnh outside. It multiplies the "
                "whole sum Wnh h_prev + bnh: its own derivative has the bias in it, and that of the bias has the gate.",
            .line = "dr = dn_pre * (Wnh @ h_prev); dbnh = np.sum(dn_pre, axis=1)  # with + bnh; dn_pre * r",
            .hidden_when = "the upstream derivative is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_cell(point, gru_cell_back({.is_bias_inside_reset = false}));
            }};
}

}  // namespace gradproof::diagnosis
