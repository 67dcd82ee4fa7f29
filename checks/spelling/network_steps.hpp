// SPDX-License-Identifier: MIT
//
// A network as a line of text: its layers and activations, in order.
#pragma once

#include <string_view>
#include <vector>

#include "gradproof/array_network.hpp"

namespace gradproof {

/// At the commas that stand in no brackets, without spaces around: "relu", "leaky_relu(slope=0.3, ...)".
std::vector<std::string_view> split_at_commas(std::string_view text);

/// "conv2d(padding=1), relu, max_pool2d(2), flatten, dense, softmax". Throws std::invalid_argument that says what there
/// is instead of a name; of a convolution parameters must have their names, since its window's size is that of W.
std::vector<NetworkStep> network_steps(std::string_view text);

}  // namespace gradproof
