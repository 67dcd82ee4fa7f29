// SPDX-License-Identifier: MIT
//
// Mistakes that may be made on the way back through a network of layers: those of its layers, of its activations and of
// its cost.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/layers/array_network_submission.hpp"

namespace gradproof::diagnosis {

struct NetworkMistake {
    std::string_view slug;
    std::string where;  ///< "step 3, relu"; empty of mistakes in the cost
    std::string_view explanation;
    std::string line;
    std::string note;
    /// All derivatives with the mistake in its step, if the steps above passed down what they did in `so_far`.
    std::function<ArrayGradients(const ArrayGradients& so_far)> gradients;
};

/// "stops-early in step 3, average_pool2d"
std::string name_of(const NetworkMistake& mistake);

/// From the loss backwards. `submission` and `cache` have to outlive them.
std::vector<NetworkMistake> network_mistakes(const ArrayNetworkSubmission& submission, const ArrayCache& cache);

}  // namespace gradproof::diagnosis
