// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/embedding.hpp"

namespace gradproof::diagnosis {

inline LayerMistake repeated_index_counted_once() {
    return {.slug = "repeated-index-counted-once",
            .layers = {case_id<Embedding>()},
            .explanation =
                "A row that is chosen several times gets the derivative of the last choice only: NumPy's dC[index] += "
                "dout adds once for each row. np.add.at adds once for each choice.",
            .line = "dC[index] += dout  # np.add.at(dC, index, dout)",
            .hidden_when = "no index is repeated",
            .derivatives = [](const checks::LayerPoint& point) {
                const Array<double>& index = point.inputs[1];
                Arrays<double> derivatives = point.pulled_back();
                const Eigen::Index D = point.inputs[0].dim(1);
                for (Eigen::Index n = 0; n < index.size(); ++n)
                    for (Eigen::Index d = 0; d < D; ++d)
                        derivatives[0](static_cast<Eigen::Index>(index.values()(n)), d) =
                            point.d_outputs[0].values()(n * D + d);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
