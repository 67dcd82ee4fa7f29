// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/group_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake channels_dealt_to_groups() {
    return {.slug = "channels-dealt-to-groups",
            .layers = {case_id<GroupNorm>()},
            .explanation =
                "The channels are dealt out to the groups in turn: channel c is taken into group c % G. A group is "
                "made of neighbours, and channel c belongs to group c // (C // G), whose mean and variance it has.",
            .line = "group = c % G  # c // (C // G)",
            .hidden_when = "there is one group, or as many groups as channels",
            .derivatives = [](const checks::LayerPoint& point) {
                const Eigen::Index C = point.inputs[1].size();
                const Eigen::Index groups = groups_of(point.layer);
                // Sorted by the wrong group, the channels of each are neighbours.
                std::vector<Eigen::Index> sorted;
                for (Eigen::Index group = 0; group < groups; ++group)
                    for (Eigen::Index c = group; c < C; c += groups) sorted.push_back(c);
                const auto by_group = [&](Arrays<double> arrays) {
                    for (Array<double>& array : arrays) {
                        const Vector<double> numbers = array.values();
                        for (Eigen::Index n = 0; n < numbers.size(); ++n)
                            array.values()(n) = numbers(n / C * C + sorted[static_cast<std::size_t>(n % C)]);
                    }
                    return arrays;
                };
                const Arrays<double> pulled = point.layer.pull_back(by_group(point.inputs), by_group(point.d_outputs));
                Arrays<double> derivatives = pulled;
                for (std::size_t k = 0; k < pulled.size(); ++k)
                    for (Eigen::Index n = 0; n < pulled[k].size(); ++n)
                        derivatives[k].values()(n / C * C + sorted[static_cast<std::size_t>(n % C)]) =
                            pulled[k].values()(n);
                return derivatives;
            }};
}

}  // namespace gradproof::diagnosis
