// SPDX-License-Identifier: MIT
//
// Activations, losses and layers by what a user writes for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_layer.hpp"
#include "gradproof/any_loss.hpp"

namespace gradproof {

/// The activation, loss or layer that `text` names, with its parameters in brackets: "relu", "leaky_relu(slope=0.3)";
/// without their names they are taken in the order in which they are declared. Case, - and _ do not count, and what
/// frameworks call them is known (linear, logistic). Throws std::invalid_argument that says what is there instead.
AnyActivation activation_named(std::string_view text);
AnyLoss loss_named(std::string_view text);
AnyLayer layer_named(std::string_view text);

/// A word in small letters without - and _, so that LeakyReLU and leaky_relu are one.
std::string plain_word(std::string_view text);

std::vector<std::string> activation_names();
std::vector<std::string> loss_names();
std::vector<std::string> layer_names();

}  // namespace gradproof
