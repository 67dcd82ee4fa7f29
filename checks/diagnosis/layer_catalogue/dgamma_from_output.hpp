// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/rms_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake dgamma_from_output() {
    return {.slug = "dgamma-from-output",
            .layers = {case_id<BatchNorm>(), case_id<LayerNorm>(), case_id<RmsNorm>(), case_id<GroupNorm>()},
            .explanation =
                "dgamma is summed with the layer's output. gamma multiplies the normalised x, before anything is "
                "scaled and moved, so that is what dout is multiplied by.",
            .line = "dgamma = np.sum(dout * out, axis=0)",
            .hidden_when = "gamma is 1 and beta is 0",
            .derivatives = [](const checks::LayerPoint& point) {
                Arrays<double> derivatives = point.pulled_back();
                Array<double>& dgamma = derivatives[1];
                dgamma.values().setZero();
                const Vector<double> products =
                    point.d_outputs[0].values().cwiseProduct(point.layer.forward(point.inputs)[0].values());
                for (Eigen::Index n = 0; n < products.size(); ++n) dgamma(n % dgamma.size()) += products(n);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
