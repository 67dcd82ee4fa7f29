// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/recurrent_code.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/dense_rows.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/rms_norm.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"

namespace gradproof::diagnosis {

/// Which input is the first that is no example and no state.
inline std::size_t first_parameter(const AnyLayer& layer) {
    if (layer.is<LstmCell>()) return 3;
    return layer.is<RnnCell>() || layer.is<Rnn>() || layer.is<Lstm>() || is_gru(layer) ? 2 : 1;
}

inline LayerMistake divided_by_examples() {
    return {.slug = "divided-by-examples",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<RmsNorm>(), case_id<Conv2d>(),
                       case_id<RnnCell>(), case_id<Rnn>(), case_id<LstmCell>(), case_id<Lstm>(), case_id<GroupNorm>(),
                       case_id<Conv1d>(), case_id<ConvTranspose2d>(), case_id<GruCell>(), case_id<Gru>(),
                       case_id<DenseRows>()},
            .explanation =
                "The derivatives in the parameters are divided by the number of examples. The upstream derivative is "
                "given, and what it is the derivative of has its mean in it already; the backward function sums over "
                "the examples. Where it has no mean, as the course's dZ, to divide here is right.",
            .line = "dW = 1 / m * dW",
            .hidden_when = "there is one example",
            .derivatives = [](const checks::LayerPoint& point) {
                const bool is_recurrent = first_parameter(point.layer) > 1;
                const auto m = static_cast<double>(point.inputs[0].dim(is_recurrent ? 1 : 0));
                Arrays<double> derivatives = point.pulled_back();
                for (std::size_t n = first_parameter(point.layer); n < derivatives.size(); ++n)
                    derivatives[n].values() /= m;
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
