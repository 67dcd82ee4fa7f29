// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>

#include "diagnosis/layers/attention_code.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/multi_head_attention.hpp"

namespace gradproof::diagnosis {

inline LayerMistake attention_paths_not_summed() {
    return {.slug = "attention-paths-not-summed",
            .layers = {case_id<MultiHeadAttention>()},
            .explanation =
                "dX has not all of its three paths. The sequence is projected to queries, keys and values, and what "
                "comes back through each of them is added.",
            .line = "dX = dV @ Wv.T  # dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T",
            .hidden_when = "there is one row, whose weight is 1 whatever its score",
            .derivatives =
                [](const checks::LayerPoint& point) {
                    Arrays<double> derivatives = point.pulled_back();
                    derivatives[0] = paths_of_self_attention(point)[2];
                    return derivatives;
                },
            .also_gives =
                [](const checks::LayerPoint& point, std::size_t n, const Array<double>& given) {
                    if (n != 0) return false;
                    // One path, or two of them.
                    const std::array<Array<double>, 3> paths = paths_of_self_attention(point);
                    const Vector<double> all = point.pulled_back()[0].values();
                    return std::ranges::any_of(paths, [&](const Array<double>& path) {
                        const auto is_given = [&](const Vector<double>& numbers) {
                            return (given.values() - numbers).cwiseAbs().maxCoeff() <=
                                   1e-9 * numbers.cwiseAbs().maxCoeff();
                        };
                        return is_given(path.values()) || is_given(all - path.values());
                    });
                }};
}

}  // namespace gradproof::diagnosis
