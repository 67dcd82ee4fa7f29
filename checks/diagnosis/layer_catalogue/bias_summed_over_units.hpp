// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/dense_rows.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"

namespace gradproof::diagnosis {

inline LayerMistake bias_summed_over_units() {
    return {.slug = "bias-summed-over-units",
            .layers = {case_id<Conv2d>(), case_id<RnnCell>(), case_id<Rnn>(), case_id<LstmCell>(), case_id<Lstm>(),
                       case_id<Conv1d>(), case_id<ConvTranspose2d>(), case_id<GruCell>(), case_id<Gru>(),
                       case_id<DenseRows>()},
            .explanation =
                "The derivatives of all units or filters are summed into one number, which each bias gets. A bias "
                "belongs to one unit: only the other axes, of examples and places, are summed over.",
            .line = "db = np.sum(dZ)  # without axis",
            .hidden_when = "there is one unit",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const auto& inputs = point.layer.facts().inputs;
                for (std::size_t n = 0; n < inputs.size(); ++n)
                    if (inputs[n].name.starts_with('b'))
                        derivatives[n].values().setConstant(derivatives[n].values().sum());
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
