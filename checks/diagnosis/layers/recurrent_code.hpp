// SPDX-License-Identifier: MIT
//
// Backward functions of recurrent layers as people write them, with what they get wrong left open: the loop over the
// steps, and one step of a plain network, of a long short-term memory or of a gated recurrent unit.
#pragma once

#include <cmath>
#include <functional>

#include "differences/layer_point.hpp"

namespace gradproof::diagnosis {

/// The derivatives in the inputs of a cell from those in its outputs.
using CellBack = std::function<Arrays<double>(const Arrays<double>& inputs, const Arrays<double>& d_outputs)>;

/// Which steps get their own upstream derivative, da[:, :, t].
enum class Upstream { of_each_step, of_last_step, of_none };

/// How the loop goes back.
struct StepsBack {
    Upstream upstream = Upstream::of_each_step;
    bool is_state_carried = true;    ///< from each step to the one before
    bool is_memory_carried = true;   ///< of a long short-term memory
    bool are_weights_summed = true;  ///< += over the steps; else the last step that the loop comes to, t = 0, is left
};

/// Precondition: the layer is rnn, lstm or gru.
Arrays<double> back_through_time(const checks::LayerPoint& point, const StepsBack& how);
/// The right loop over these steps; of a cell, the step itself. Precondition: the layer is one of these or one of
/// their cells.
Arrays<double> with_cell(const checks::LayerPoint& point, const CellBack& cell);

/// A step of the plain network whose derivative of tanh is `slope`, of the pre-activation and the state before.
CellBack rnn_cell_back(double (*slope)(double z, double a_prev));

/// A step of the long short-term memory: derivatives of its gates by their values, and of the memory.
struct LstmBack {
    using Function = double (*)(double);
    Function forget_slope = [](double f) { return f * (1 - f); };
    Function gate_slope = [](double gate) { return gate * (1 - gate); };  ///< of the update and the output gate
    Function candidate_slope = [](double candidate) { return 1 - candidate * candidate; };
    Function memory_slope = [](double c) { return 1 - std::tanh(c) * std::tanh(c); };
    Function memory_value = [](double c) { return std::tanh(c); };  ///< what the output gate is multiplied by
    bool has_dc_next = true;                                        ///< whether dc begins with the upstream dc_next
    bool is_input_first = false;                                    ///< the columns of W taken as those of [xt; a_prev]
};
CellBack lstm_cell_back(const LstmBack& how);

/// A step of the gated recurrent unit: derivatives of its gates and its candidate by their values.
struct GruBack {
    using Function = double (*)(double);
    Function gate_slope = [](double gate) { return gate * (1 - gate); };
    Function candidate_slope = [](double candidate) { return 1 - candidate * candidate; };
    bool is_bias_inside_reset = true;     ///< n = tanh(... + r * (Wnh h_prev + bnh))
    bool is_state_kept_by_update = true;  ///< h_next = (1 - z) * n + z * h_prev
    bool has_direct_path = true;          ///< whether dh_prev has what z keeps
};
CellBack gru_cell_back(const GruBack& how);

/// Whether the layer is a long short-term memory, over steps or one step of it.
bool is_lstm(const AnyLayer& layer);
/// The same of a gated recurrent unit.
bool is_gru(const AnyLayer& layer);

}  // namespace gradproof::diagnosis
