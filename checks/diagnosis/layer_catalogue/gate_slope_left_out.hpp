// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/layers/glu.hpp"
#include "gradproof/layers/swiglu.hpp"

namespace gradproof::diagnosis {

inline LayerMistake gate_slope_left_out() {
    return {.slug = "gate-slope-left-out",
            .layers = {case_id<Glu>(), case_id<Swiglu>()},
            .explanation =
                "The gate is taken for a factor that does not move. Its sigmoid has a slope, sigmoid(z) * (1 - "
                "sigmoid(z)), which belongs into the derivative of what it is computed from.",
            .line = "dgate = dout * up * sigmoid(gate)",
            .hidden_when = "what is multiplied by the gate is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                const Array<double>& u = point.d_outputs[0];
                const Array<double>& first = point.inputs[0];
                if (point.layer.is<Swiglu>()) {
                    for (Eigen::Index n = 0; n < u.size(); ++n)
                        derivatives[0].values()(n) =
                            u.values()(n) * point.inputs[1].values()(n) * Sigmoid{}.value(first.values()(n));
                    return derivatives;
                }
                const Eigen::Index width = u.shape().back();
                for (Eigen::Index n = 0; n < u.size(); ++n) {
                    const Eigen::Index a = n / width * 2 * width + n % width;
                    derivatives[0].values()(a + width) =
                        u.values()(n) * first.values()(a) * Sigmoid{}.value(first.values()(a + width));
                }
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
